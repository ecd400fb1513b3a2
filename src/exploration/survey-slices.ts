import { FEWEST_ROWS, SIGNIFICANCE } from '../core/comparison'
import {
  type Slice,
  type SlicedColumn,
  type SliceSurvey,
  type SliceTurn,
} from '../core/exploration'
import type { MetricValue } from '../core/metric'
import { holm } from '../statistics/holm'
import type { ExploredTable } from './explored-table'
import type { SliceMetric } from './slice-metrics'
import { sliceRows, type SlicedRows } from './slice-rows'

/** Columns that are looked at; each takes a pass over all rows for every model. */
export const MOST_SLICED_COLUMNS = 200

/** A slice before all p-values are known and can be adjusted together. */
interface RawSlice extends Omit<Slice, 'turn'> {
  readonly turns: readonly {
    readonly turn: Omit<SliceTurn, 'adjustedPValue'>
    readonly look: number
  }[]
}

/**
 * One metric in the slices of every column, and where a model overtakes the one that leads over all
 * rows. Every comparison of a model with the leader in a slice of enough rows counts as a look, and
 * Holm's method adjusts for all of them; those in which the order is as overall are not tested but
 * count with p = 1, which can only make the others larger.
 *
 * @param next called before each column; resolves once others have had their turn
 */
export async function surveySlices(
  table: ExploredTable,
  metric: SliceMetric,
  next: (done: number, of: number) => Promise<void>,
): Promise<SliceSurvey> {
  const total = table.dataset.info.columns.length
  const columns = Math.min(total, MOST_SLICED_COLUMNS)
  const figures = figuresOf(
    table,
    metric,
    Uint32Array.from({ length: table.answers.rows }, (_, row) => row),
  )
  const leader = leaderOf(figures, metric)
  const looks: number[] = []
  const sliced: { readonly column: number; readonly slices: readonly RawSlice[] }[] = []
  for (let column = 0; column < columns; column += 1) {
    await next(column, columns)
    const field = table.column({ of: 'column', column })
    const parts = field && sliceRows(field, table.answers.rows)
    if (parts === null) continue
    const slices = parts.map((part) => {
      const within = figuresOf(table, metric, part.rows)
      return rawSlice(part, within, turnsOf(metric, part, within, { leader, looks }))
    })
    sliced.push({ column, slices })
  }
  const adjusted = holm(looks)
  const settled = sliced.map(({ column, slices }): SlicedColumn => ({
    column,
    slices: slices.map((slice) => settle(slice, adjusted, metric)),
  }))
  const isBig = ({ rows }: Slice) => rows >= FEWEST_ROWS
  return {
    ...{ metric: metric.id, figures, leader, isTested: metric.isTested, columns: settled },
    slices: settled.flatMap(({ slices }) => slices).filter(isBig).length,
    tests: looks.length,
    leftOut: total - columns,
  }
}

function figuresOf(
  { answers }: ExploredTable,
  metric: SliceMetric,
  rows: Uint32Array,
): readonly MetricValue[] {
  return Array.from({ length: answers.models }, (_, model) => metric.figure(model, rows))
}

/** Null where the best two are equally good. */
function leaderOf(figures: readonly MetricValue[], { direction }: SliceMetric): number | null {
  const sign = direction === 'higher' ? 1 : -1
  const ranked = figures
    .flatMap((figure, model) => (figure === null ? [] : [{ model, figure: sign * figure }]))
    .sort((one, other) => other.figure - one.figure)
  const [first, second] = ranked
  if (first === undefined || second === undefined) return null
  return first.figure > second.figure ? first.model : null
}

function rawSlice(
  { range, rows }: SlicedRows,
  figures: readonly MetricValue[],
  turns: RawSlice['turns'],
): RawSlice {
  return { range, rows: rows.length, figures, turns }
}

function turnsOf(
  metric: SliceMetric,
  { rows }: SlicedRows,
  figures: readonly MetricValue[],
  { leader, looks }: { readonly leader: number | null; readonly looks: number[] },
): RawSlice['turns'] {
  const best = leader === null ? null : (figures[leader] ?? null)
  if (leader === null || best === null || !metric.isTested) return []
  if (rows.length < FEWEST_ROWS) return []
  const sign = metric.direction === 'higher' ? 1 : -1
  return figures.flatMap((figure, model) => {
    if (model === leader || figure === null) return []
    const look = looks.push(1) - 1
    const difference = figure - best
    if (sign * difference <= 0) return []
    const { pValue, ahead } = metric.test(leader, model, rows)
    looks[look] = pValue ?? 1
    return [
      { look, turn: { model, difference, pValue: pValue ?? 1, isSignificant: ahead === model } },
    ]
  })
}

/** The overtaking that is surest; of equally sure ones the largest. */
function settle(
  { turns, ...slice }: RawSlice,
  adjusted: readonly (number | null)[],
  { direction }: SliceMetric,
): Slice {
  const sign = direction === 'higher' ? 1 : -1
  const [turn] = turns
    .map(({ turn: raw, look }): SliceTurn => {
      const adjustedPValue = adjusted[look] ?? 1
      const isSignificant = raw.isSignificant && adjustedPValue < SIGNIFICANCE
      return { ...raw, adjustedPValue, isSignificant }
    })
    .sort(
      (one, other) =>
        Number(other.isSignificant) - Number(one.isSignificant) ||
        one.adjustedPValue - other.adjustedPValue ||
        sign * (other.difference - one.difference),
    )
  return { ...slice, turn: turn ?? null }
}
