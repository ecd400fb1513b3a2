import type { Attachment } from 'svelte/attachments'

const MOVES: Readonly<Record<string, readonly [rows: number, cells: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/**
 * Arrow keys walk the `[data-cell]` elements of a table, Home and End go to the ends of a row.
 * The table is one stop of the Tab key: only the cell walked to last can be reached by it.
 */
export const gridKeys: Attachment<HTMLElement> = (table) => {
  const cellsOf = (row: Element) => [...row.querySelectorAll<HTMLElement>('[data-cell]')]
  const grid = () =>
    [...table.querySelectorAll('tr')].map(cellsOf).filter((cells) => cells.length > 0)

  function makeReachable(cell: HTMLElement | undefined): void {
    for (const other of cellsOf(table)) other.tabIndex = other === cell ? 0 : -1
  }

  function onKeydown(event: KeyboardEvent): void {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')
    const rows = grid()
    const y = rows.findIndex((row) => cell !== null && row.includes(cell))
    const row = rows[y]
    if (cell === null || row === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    const x = row.indexOf(cell)
    const move = MOVES[event.key]
    let next: HTMLElement | undefined
    if (event.key === 'Home') next = row[0]
    else if (event.key === 'End') next = row.at(-1)
    else if (move !== undefined) next = rows[y + move[0]]?.[x + move[1]]
    if (next === undefined) return
    event.preventDefault()
    makeReachable(next)
    next.focus()
  }

  function onFocusin(event: FocusEvent): void {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')
    if (cell !== null) makeReachable(cell)
  }

  /** Rows come and go; there is always exactly one cell to enter by. */
  const observer = new MutationObserver(() => {
    const cells = cellsOf(table)
    if (cells.filter((cell) => cell.tabIndex === 0).length !== 1) makeReachable(cells[0])
  })
  makeReachable(cellsOf(table)[0])
  observer.observe(table, { childList: true, subtree: true })
  table.addEventListener('keydown', onKeydown)
  table.addEventListener('focusin', onFocusin)
  return () => {
    observer.disconnect()
    table.removeEventListener('keydown', onKeydown)
    table.removeEventListener('focusin', onFocusin)
  }
}
