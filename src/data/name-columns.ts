import { displayText, quoted } from '../core/display-text'

const NAMED_CHANGES = 5

/** Names as a file gives them, made fit to be shown, never empty and unique. */
export function nameColumns(row: readonly string[]): {
  readonly names: readonly string[]
  readonly warnings: readonly string[]
} {
  const wanted = row.map((cell, index) => displayText(cell) || fallbackName(index))
  const names = makeUnique(wanted)
  const empty = row.filter((cell) => displayText(cell) === '').length
  const renamed = names.filter((name, index) => name !== wanted[index])
  const warnings: string[] = []
  if (empty > 0) {
    warnings.push(`${count(empty, 'column has', 'columns have')} no name and got one by position.`)
  }
  if (renamed.length > 0) {
    const list = renamed.slice(0, NAMED_CHANGES).map(quoted).join(', ')
    const more = renamed.length > NAMED_CHANGES ? ', …' : ''
    warnings.push(`Column names that came twice were changed: ${list}${more}.`)
  }
  return { names, warnings }
}

function makeUnique(wanted: readonly string[]): readonly string[] {
  const taken = new Set(wanted)
  const used = new Set<string>()
  const suffixes = new Map<string, number>()
  return wanted.map((name) => {
    let unique = name
    let suffix = suffixes.get(name) ?? 2
    while (used.has(unique) || (unique !== name && taken.has(unique))) {
      unique = `${name}_${String(suffix++)}`
    }
    suffixes.set(name, suffix)
    used.add(unique)
    return unique
  })
}

/** Of the column at that place, where nothing names it. */
export function fallbackName(index: number): string {
  return `column_${String(index)}`
}

function count(number: number, one: string, many: string): string {
  return `${String(number)} ${number === 1 ? one : many}`
}
