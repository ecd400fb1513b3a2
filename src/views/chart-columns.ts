import type { ChartCell, ChartTable } from '../charts/chart'
import { UNDEFINED_FIGURE } from '../core/format'
import type { TableColumn } from './table-column'

export interface ChartRow {
  readonly key: string
  readonly cells: readonly ChartCell[]
}

/** The figures behind a chart as columns and rows of a {@link DataTable}. */
export function chartColumns({ columns, rows }: ChartTable): {
  readonly columns: readonly TableColumn<ChartRow>[]
  readonly rows: readonly ChartRow[]
} {
  return {
    columns: columns.map(({ label, text = String }, index) => {
      const cell = ({ cells }: ChartRow) => cells[index] ?? null
      return {
        ...{ id: String(index), label, value: cell },
        align: rows.some((cells) => typeof cells[index] === 'number') ? 'end' : 'start',
        text: (row) => {
          const value = cell(row)
          if (value === null) return UNDEFINED_FIGURE
          return typeof value === 'number' ? text(value) : value
        },
      }
    }),
    rows: rows.map((cells, index) => ({ key: String(index), cells })),
  }
}
