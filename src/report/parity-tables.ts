import type { Report } from '../core/report'
import type { ReportTable } from './report-table'

/** What a parity check leaves behind. */
export function parityTables(report: Report): readonly ReportTable[] {
  return [summary(report), differences(report), worstRows(report)]
}

function summary({ models }: Report): ReportTable {
  return {
    id: 'parity',
    title: 'Parity',
    columns: [
      ...['model', 'against', 'output', 'counterpart', 'type', 'width', 'rows', 'numbers'],
      ...['rowsWithinTolerance', 'rowsOfAnotherClass', 'absoluteTolerance', 'relativeTolerance'],
    ],
    rows: models.flatMap(({ name, details: { parity } }) =>
      (parity?.outputs ?? []).map(({ output, counterpart, type, width }) => [
        ...[name, parity?.against ?? null, output, counterpart, type, width],
        ...[parity?.rows ?? null, parity?.numbers ?? null, parity?.closeRows ?? null],
        ...[parity?.changedRows ?? null, parity?.tolerance.absolute ?? null],
        parity?.tolerance.relative ?? null,
      ]),
    ),
  }
}

/** Rows by their largest difference; the first line counts those without any. */
function differences({ models }: Report): ReportTable {
  return {
    id: 'differences',
    title: 'Rows by largest difference',
    columns: ['model', 'from', 'to', 'rows'],
    rows: models.flatMap(({ name, details: { parity } }) => {
      const histogram = parity?.against === 'itself' ? null : (parity?.differences ?? null)
      if (histogram === null) return []
      const { edges, counts, identical, unsized } = histogram
      return [
        [name, 0, 0, identical],
        ...counts.map((rows, bin) => [name, edges[bin] ?? null, edges[bin + 1] ?? null, rows]),
        ...(unsized === 0 ? [] : [[name, null, null, unsized]]),
      ]
    }),
  }
}

function worstRows({ models }: Report): ReportTable {
  return {
    id: 'worst-rows',
    title: 'Rows that differ most',
    columns: [
      ...['model', 'row', 'difference', 'output', 'expected', 'answered'],
      ...['expectedClass', 'answeredClass'],
    ],
    rows: models.flatMap(({ name, details: { parity } }) =>
      (parity?.worst ?? []).map((row) => [
        ...[name, row.row, row.difference, row.output, row.expected, row.answered],
        ...[row.classes?.[0] ?? null, row.classes?.[1] ?? null],
      ]),
    ),
  }
}
