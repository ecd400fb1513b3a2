export interface GridPlace {
  readonly row: number
  readonly col: number
}

/**
 * Where a key leads in a table: arrows, Home and End within a row, with Ctrl to the ends of the table,
 * Page Up and Page Down by `page` rows. Null for other keys and where there is nothing further.
 */
export function stepInGrid(
  { row, col }: GridPlace,
  key: string,
  isCtrl: boolean,
  { rows, cols, page }: { readonly rows: number; readonly cols: number; readonly page: number },
): GridPlace | null {
  const places: Readonly<Record<string, GridPlace>> = isCtrl
    ? { Home: { row: 0, col: 0 }, End: { row: rows - 1, col: cols - 1 } }
    : {
        ArrowUp: { row: row - 1, col },
        ArrowDown: { row: row + 1, col },
        ArrowLeft: { row, col: col - 1 },
        ArrowRight: { row, col: col + 1 },
        Home: { row, col: 0 },
        End: { row, col: cols - 1 },
        PageUp: { row: row - page, col },
        PageDown: { row: row + page, col },
      }
  const wanted = places[key]
  if (wanted === undefined) return null
  const next = { row: within(wanted.row, rows), col: within(wanted.col, cols) }
  return next.row === row && next.col === col ? null : next
}

function within(place: number, count: number): number {
  return Math.min(Math.max(place, 0), Math.max(0, count - 1))
}
