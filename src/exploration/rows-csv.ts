import { csvText, type CsvCell } from '../core/csv'
import type { RowField } from '../core/exploration'
import type { ExploredTable } from './explored-table'

/** Rows turned into text at once: the parts become a file without all of it in one string. */
const ROWS_PER_PART = 5_000

/** Rows of a table as the parts of a CSV file. */
export function rowsCsv(
  table: ExploredTable,
  rows: Uint32Array,
  fields: readonly RowField[],
  heads: readonly string[],
): string[] {
  const parts = [csvText(heads, [])]
  for (let start = 0; start < rows.length; start += ROWS_PER_PART) {
    const cells = Array.from(rows.subarray(start, start + ROWS_PER_PART), (row): CsvCell[] =>
      table.cells(row, fields),
    )
    const text = csvText(heads, cells)
    parts.push(text.slice((parts[0] ?? '').length))
  }
  return parts
}
