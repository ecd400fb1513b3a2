import { csvText } from '../core/csv'
import type { Direction } from '../core/metric'

/** One column of a {@link DataTable}: how a row becomes a cell. */
export interface TableColumn<Row> {
  readonly id: string
  readonly label: string
  /** Shown on hover and read with the head. */
  readonly description?: string
  /** What the column is sorted by; null goes last either way. */
  readonly value: (row: Row) => number | string | null
  readonly text: (row: Row) => string
  readonly align: 'start' | 'end'
  /** Present: the best value is marked, and ties as ties. */
  readonly best?: Direction
  /** Sorting starts with the best, else with the smallest. */
  readonly isPrimary?: boolean
}

/** What stands in place of the figures of a row. */
export interface TableNote {
  readonly text: string
  readonly isFault: boolean
}

export interface TableSort {
  readonly column: string
  readonly isDescending: boolean
}

export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sort: TableSort | null,
): readonly Row[] {
  const column = columns.find(({ id }) => id === sort?.column)
  if (column === undefined || sort === null) return rows
  const sign = sort.isDescending ? -1 : 1
  return [...rows].sort((a, b) => {
    const left = column.value(a)
    const right = column.value(b)
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * compare(left, right)
  })
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}

/**
 * Rows that hold the best value of a column, equal to the digits shown; none where fewer than two
 * rows have a value.
 */
export function bestRows<Row>(rows: readonly Row[], column: TableColumn<Row>): ReadonlySet<Row> {
  const valued = rows.flatMap((row) => {
    const value = column.value(row)
    return typeof value === 'number' ? [{ row, value }] : []
  })
  if (column.best === undefined || valued.length < 2) return new Set()
  const values = valued.map(({ value }) => value)
  const best = column.best === 'higher' ? Math.max(...values) : Math.min(...values)
  const winner = valued.find(({ value }) => value === best)
  const shown = winner === undefined ? '' : column.text(winner.row)
  return new Set(valued.map(({ row }) => row).filter((row) => column.text(row) === shown))
}

/** What is shown as CSV; figures keep their full precision. */
export function tableCsv<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): string {
  return csvText(
    columns.map(({ label }) => label),
    rows.map((row) => columns.map((column) => column.value(row))),
  )
}
