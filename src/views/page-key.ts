export type PageKey =
  | { readonly verb: 'run' | 'close' | 'filter' | 'help' }
  | { readonly verb: 'tab'; readonly index: number }

/** What a key asks of the page; null where it belongs to the control that has the focus. */
export function pageKey(event: KeyboardEvent): PageKey | null {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return null
  if (event.defaultPrevented) return null
  const control = (event.target as Element | null)?.closest('input, select, textarea, [popover]')
  if (event.key === 'Escape') {
    // A search field is emptied by it, a menu is closed.
    const isTaken = control?.matches('[type="search"], select, [popover]') === true
    return isTaken ? null : { verb: 'close' }
  }
  if (control !== null && control !== undefined) return null
  if (event.key === 'Enter') return isPressable(event.target) ? null : { verb: 'run' }
  if (event.key === '/') return { verb: 'filter' }
  if (event.key === '?') return { verb: 'help' }
  return /^[1-9]$/.test(event.key) ? { verb: 'tab', index: Number(event.key) - 1 } : null
}

/** Enter presses these already, or is pressed in a table without meaning the whole page. */
function isPressable(target: EventTarget | null): boolean {
  return (target as Element | null)?.closest('button, a, summary, [data-cell]') !== null
}
