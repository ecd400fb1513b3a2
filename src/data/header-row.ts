import { fallbackName, nameColumns } from './name-columns'
import { isCommaNumber, parseNumber } from './parse-number'

export interface Header {
  /** Unique, never empty, fit to be shown. */
  readonly names: readonly string[]
  /** False where the first row already holds data. */
  readonly isPresent: boolean
  readonly warnings: readonly string[]
}

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
  return { ...nameColumns(row), isPresent: true }
}

function isData(row: readonly string[]): boolean {
  if (!row.every(isNumber)) return false
  return row.length < 2 || row.some((cell, index) => cell.trim() !== String(index))
}

function isNumber(cell: string): boolean {
  const value = parseNumber(cell, isCommaNumber(cell) ? 'comma' : 'point')
  return value !== null && !Number.isNaN(value)
}
