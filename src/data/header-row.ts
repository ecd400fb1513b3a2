import { displayText, quoted } from '../core/display-text'
import { isCommaNumber, parseNumber } from './parse-number'

export interface Header {
  /** Unique, never empty, fit to be shown. */
  readonly names: readonly string[]
  /** False where the first row already holds data. */
  readonly isPresent: boolean
  readonly warnings: readonly string[]
}

const NAMED_CHANGES = 5

/**
 * Column names from the first row. A row of numbers alone is data, and the columns are called
 * `column_0`, `column_1`, …; except 0, 1, 2, …, which tools write for columns without names.
 */
export function readHeader(row: readonly string[]): Header {
  if (isData(row)) {
    return {
      names: row.map((_, index) => fallbackName(index)),
      isPresent: false,
      warnings: [
        `The first row holds only numbers, so it is read as data and the columns are called ${fallbackName(0)} and so on.`,
      ],
    }
  }
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
  return { names, isPresent: true, warnings }
}

function isData(row: readonly string[]): boolean {
  if (!row.every(isNumber)) return false
  return row.length < 2 || row.some((cell, index) => cell.trim() !== String(index))
}

function isNumber(cell: string): boolean {
  const value = parseNumber(cell, isCommaNumber(cell) ? 'comma' : 'point')
  return value !== null && !Number.isNaN(value)
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

function fallbackName(index: number): string {
  return `column_${String(index)}`
}

function count(number: number, one: string, many: string): string {
  return `${String(number)} ${number === 1 ? one : many}`
}
