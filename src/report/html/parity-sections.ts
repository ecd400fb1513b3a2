import { formatCount, formatDistance, formatQuantity, UNDEFINED_FIGURE } from '../../core/format'
import type { ParityDetails, ParityRow, Report } from '../../core/report'
import { rankedModels } from '../ranked-models'
import { htmlTable, type HtmlColumn } from './html-table'
import { markup, type Html } from './markup'

/** How far each model strays from its reference: rows by difference, and those that differ most. */
export function paritySections(report: Report): readonly (Html | null)[] {
  const checked = rankedModels(report).flatMap(({ name, details: { parity } }) =>
    parity === undefined || parity.against === 'itself' ? [] : [{ name, parity }],
  )
  if (checked.length === 0) return []
  return [
    markup`<section>
      <h2>Differences</h2>
      ${checked.map(
        ({ name, parity }, index) =>
          markup`<details ${index === 0 ? 'open' : ''}>
            <summary>${name}</summary>
            ${histogram(name, parity)} ${worst(name, parity)}
          </details>`,
      )}
    </section>`,
  ]
}

interface Bin {
  readonly text: string
  readonly rows: number
}

function histogram(name: string, { differences }: ParityDetails): Html | null {
  if (differences === null) return null
  const { edges, counts, identical, unsized } = differences
  const bins: readonly Bin[] = [
    { text: 'none', rows: identical },
    ...counts.map((rows, bin) => ({
      text: `${formatDistance(edges[bin] ?? 0)} to ${formatDistance(edges[bin + 1] ?? 0)}`,
      rows,
    })),
    ...(unsized === 0 ? [] : [{ text: 'NaN or infinity on one side', rows: unsized }]),
  ]
  const columns: readonly HtmlColumn<Bin>[] = [
    { title: 'Largest difference', cell: ({ text }) => text },
    { title: 'Rows', isFigure: true, cell: ({ rows }) => formatCount(rows) },
  ]
  return htmlTable(`Rows of ${name} by their largest difference`, columns, bins)
}

function worst(name: string, { worst: rows }: ParityDetails): Html {
  if (rows.length === 0) return markup`<p>No row differs.</p>`
  const number = (value: number | string | null) =>
    value === null ? UNDEFINED_FIGURE : typeof value === 'string' ? value : String(value)
  const hasClasses = rows.some(({ classes }) => classes !== null)
  const columns: readonly HtmlColumn<ParityRow>[] = [
    { title: 'Row', isFigure: true, cell: ({ row }) => formatCount(row) },
    {
      title: 'Difference',
      isFigure: true,
      cell: ({ difference }) =>
        difference === null ? UNDEFINED_FIGURE : formatDistance(difference),
    },
    { title: 'Output', cell: ({ output }) => output ?? UNDEFINED_FIGURE },
    { title: 'Reference', isFigure: true, cell: ({ expected }) => number(expected) },
    { title: 'Answer', isFigure: true, cell: ({ answered }) => number(answered) },
    ...(hasClasses
      ? [
          {
            title: 'Class',
            cell: ({ classes }: ParityRow) =>
              classes === null
                ? UNDEFINED_FIGURE
                : classes[0] === classes[1]
                  ? classes[0]
                  : `${classes[0]} → ${classes[1]}`,
          },
        ]
      : []),
  ]
  return htmlTable(
    `${formatQuantity(rows.length, 'row')} of ${name} that differ most`,
    columns,
    rows,
  )
}
