import { formatCount, formatFixed, formatPercent } from '../core/format'
import type { ClassLabel } from '../core/task'
import type { Chart, ChartTable } from './chart'
import { heatChart, type HeatCell } from './heat-chart'
import type { ModelPaint } from './model-paint'

/** Rows, rows as share of the true class, or rows more than the baseline has. */
export type ConfusionMode = 'counts' | 'share' | 'difference'

interface ConfusionOptions {
  readonly name: string
  readonly paint: ModelPaint
  readonly classes: readonly ClassLabel[]
  /** `counts[true][answered]`, rows. */
  readonly counts: readonly (readonly number[])[]
  readonly mode: ConfusionMode
  /** What a difference is taken to. */
  readonly baseline: {
    readonly name: string
    readonly counts: readonly (readonly number[])[]
  } | null
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 2 })
const MORE = 'var(--above)'
const FEWER = 'var(--below)'

/** True classes down, answered classes across. */
export function confusionChart(options: ConfusionOptions): Chart {
  const { name, classes, counts, mode, baseline } = options
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0))
  const rows = totals.reduce((sum, total) => sum + total, 0)
  const right = counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0)
  const isDifference = mode === 'difference' && baseline !== null
  const what = isDifference
    ? `cells are rows more or fewer than ${baseline.name}`
    : mode === 'share'
      ? 'cells are % of the true class'
      : 'cells are rows'
  return heatChart({
    title: name,
    note: `n = ${formatCount(rows)}; ${what}`,
    description:
      `Confusion matrix of ${name}, ${what}: ${formatCount(right)} of ${formatCount(rows)} rows ` +
      `right. True classes down, answered classes across.`,
    across: 'true class ↓, answered class →',
    columns: classes,
    rows: classes.map((label) => ({ label })),
    cells: counts.map((row, truth) =>
      row.map((count, answer) => confusionCell(options, count, { truth, answer }, totals)),
    ),
    table: () => confusionTable(options, totals),
  })
}

interface At {
  readonly truth: number
  readonly answer: number
}

function confusionCell(
  { classes, paint, mode, baseline, counts, name }: ConfusionOptions,
  count: number,
  { truth, answer }: At,
  totals: readonly number[],
): HeatCell {
  const total = totals[truth] ?? 0
  const share = count / Math.max(1, total)
  const isRight = truth === answer
  const shown = {
    isStrong: isRight,
    head: `${classes[truth] ?? ''} answered as ${classes[answer] ?? ''}`,
  }
  if (mode === 'difference' && baseline !== null) {
    const difference = count - (baseline.counts[truth]?.[answer] ?? 0)
    const text = signed(difference)
    return {
      ...{ ...shown, text, short: text === '·' ? text : compact(difference) },
      colour: difference > 0 ? MORE : FEWER,
      shade: Math.abs(difference) / largestDifference(counts, baseline.counts),
      read: () => ({
        name,
        paint,
        text: `${formatCount(count)}, ${baseline.name} ${formatCount(count - difference)}`,
      }),
    }
  }
  const text = mode === 'share' ? percentText(share) : count === 0 ? '·' : formatCount(count)
  return {
    ...{ ...shown, text, colour: paint.colour, shade: share },
    short: mode === 'share' || count === 0 ? text : compact(count),
    read: () => ({
      name,
      paint,
      text: `${formatCount(count)} of ${formatCount(total)}, ${formatPercent(share)}`,
    }),
  }
}

function confusionTable(
  { classes, counts, baseline, mode }: ConfusionOptions,
  totals: readonly number[],
): ChartTable {
  const isDifference = mode === 'difference' && baseline !== null
  return {
    columns: [
      { label: 'True class' },
      { label: 'Answered class' },
      { label: 'Rows', text: formatCount },
      { label: 'Share of the true class', text: (share) => formatPercent(share) },
      ...(isDifference ? [{ label: `Rows, ${baseline.name}`, text: formatCount }] : []),
    ],
    rows: counts.flatMap((row, truth) =>
      row.map((count, answer) => [
        ...[classes[truth] ?? '', classes[answer] ?? '', count],
        count / Math.max(1, totals[truth] ?? 0),
        ...(isDifference ? [baseline.counts[truth]?.[answer] ?? 0] : []),
      ]),
    ),
  }
}

function largestDifference(
  counts: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
): number {
  let largest = 1
  counts.forEach((row, truth) => {
    row.forEach((count, answer) => {
      largest = Math.max(largest, Math.abs(count - (others[truth]?.[answer] ?? 0)))
    })
  })
  return largest
}

/** Neither none nor all where it is a little more or less. */
function percentText(share: number): string {
  if (share === 0) return '·'
  if (share < 0.005) return '<1'
  return share >= 0.995 && share < 1 ? '>99' : formatFixed(share * 100, 0)
}

function signed(difference: number): string {
  if (difference === 0) return '·'
  return difference > 0 ? `+${formatCount(difference)}` : formatCount(difference)
}

function compact(count: number): string {
  return COMPACT.format(count).replace('-', '\u2212')
}
