import type { Comparison } from '../core/comparison'
import { formatCount, formatFixed, UNDEFINED_FIGURE } from '../core/format'
import type { MetricInfo } from '../core/metric'
import { describeTest } from '../report/describe-test'
import { differenceText } from '../report/difference-text'
import { formatPValue } from '../report/format-p-value'
import type { TableColumn } from './table-column'

/** Candidates against the baseline on one metric. */
export function comparisonColumns(
  { unit }: Pick<MetricInfo, 'unit'>,
  candidates: number,
): readonly TableColumn<Comparison>[] {
  const text = (row: Comparison) => differenceText(row.difference, row.interval, unit)
  return [
    column('candidate', 'Candidate', 'start', ({ candidate }) => candidate),
    {
      ...column('difference', 'Difference', 'end', ({ difference }) => difference),
      description: 'The candidate’s figure minus the baseline’s.',
      text: (row) => signed(row.difference, text(row).difference),
    },
    {
      ...column('interval', '95\u202f% interval', 'end', ({ interval }) => interval?.[0] ?? null),
      description: 'Of the difference.',
      text: (row) => text(row).interval ?? UNDEFINED_FIGURE,
    },
    pColumn('p', 'p', ({ pValue }) => pValue),
    ...(candidates > 1
      ? [
          {
            ...pColumn('adjusted', 'Adjusted p', ({ adjustedPValue }) => adjustedPValue),
            description: `By Holm’s method for ${formatCount(candidates)} candidates.`,
          },
        ]
      : []),
    column('verdict', 'Verdict', 'start', ({ verdict }) => verdict),
    column('test', 'Test', 'start', ({ test }) =>
      test === null ? UNDEFINED_FIGURE : describeTest(test),
    ),
    {
      ...column('statistic', 'Statistic', 'end', ({ statistic }) => statistic),
      text: ({ statistic }) =>
        statistic === null
          ? UNDEFINED_FIGURE
          : formatFixed(statistic, Number.isInteger(statistic) ? 0 : 3),
    },
    {
      ...column('rows', 'Rows', 'end', ({ rows }) => rows),
      text: ({ rows }) => formatCount(rows),
    },
  ]
}

function column(
  id: string,
  label: string,
  align: TableColumn<Comparison>['align'],
  value: (row: Comparison) => number | string | null,
): TableColumn<Comparison> {
  return { id, label, align, value, text: (row) => String(value(row) ?? UNDEFINED_FIGURE) }
}

function pColumn(
  id: string,
  label: string,
  value: (row: Comparison) => number | null,
): TableColumn<Comparison> {
  const text = (row: Comparison) => {
    const pValue = value(row)
    return pValue === null ? UNDEFINED_FIGURE : formatPValue(pValue).replace(/^p (= )?/, '')
  }
  return { ...column(id, label, 'end', value), text }
}

function signed(difference: number, shown: string): string {
  return difference > 0 && /[1-9]/.test(shown) ? `+${shown}` : shown
}
