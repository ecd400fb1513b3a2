/** Moves the focus within an open menu by an arrow key, Home or End; false where the key is another. */
export function walkMenu(menu: HTMLElement, key: string): boolean {
  const entries = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')]
  const index = entries.indexOf(document.activeElement as HTMLElement)
  const next = {
    ...{ ArrowDown: index + 1, ArrowUp: index - 1 },
    ...{ Home: 0, End: entries.length - 1 },
  }[key]
  if (next === undefined) return false
  entries[(next + entries.length) % entries.length]?.focus()
  return true
}
