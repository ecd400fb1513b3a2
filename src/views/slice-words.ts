import { displayText, quoted } from '../core/display-text'
import type { KeptRows, Slice, SliceRange, SliceSurvey } from '../core/exploration'
import { formatCount, formatMetric, formatQuantity } from '../core/format'
import type { MetricInfo } from '../core/metric'
import { formatPValue } from '../report/format-p-value'
import type { NamedModel } from './row-columns'

export function rangeText(range: SliceRange): string {
  switch (range.kind) {
    case 'text':
      return displayText(range.text) === '' ? '(empty)' : displayText(range.text)
    case 'number':
      return numberText(range.value)
    case 'range':
      return `${numberText(range.low)} to ${numberText(range.high)}`
    case 'rest':
      return `${formatCount(range.values)} other values`
    case 'missing':
      return 'missing'
  }
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '\u2212')
}

/** A slice in which another model is ahead beyond chance. */
export interface NamedTurn {
  readonly column: number
  readonly slice: Slice
  readonly text: string
}

/** The surest first. */
export function namedTurns(
  survey: SliceSurvey,
  kept: KeptRows,
  models: readonly NamedModel[],
  metric: MetricInfo,
): readonly NamedTurn[] {
  const nameOf = (model: number) => models[model]?.name ?? ''
  return survey.columns
    .flatMap(({ column, slices }) =>
      slices.flatMap((slice) =>
        slice.turn?.isSignificant === true ? [{ column, slice, turn: slice.turn }] : [],
      ),
    )
    .sort((one, other) => one.turn.adjustedPValue - other.turn.adjustedPValue)
    .map(({ column, slice, turn }) => {
      const name = quoted(kept.columns[column]?.name ?? '')
      const figure = (model: number) =>
        formatMetric(slice.figures[model] ?? null, metric.unit, slice.rows, slice.figures)
      const text = `${nameOf(turn.model)} is ahead of ${nameOf(survey.leader ?? 0)} where ${name} is ${rangeText(slice.range)}: ${figure(turn.model)} against ${figure(survey.leader ?? 0)}, ${formatQuantity(slice.rows, 'row')}, adjusted ${formatPValue(turn.adjustedPValue)}.`
      return { column, slice, text }
    })
}

/** One sentence: whether the ranking turns anywhere, and among how many looks that was found. */
export function turnsSentence(
  survey: SliceSurvey,
  turns: number,
  models: readonly NamedModel[],
  metric: MetricInfo,
): string {
  const looked = `Looked at ${formatQuantity(survey.slices, 'slice')} of ${formatQuantity(survey.columns.length, 'column')}`
  if (models.length < 2) return `${looked}.`
  if (!survey.isTested)
    return `${looked}. Within slices no test fits ${metric.label}, so no turn of the ranking is claimed.`
  if (survey.leader === null)
    return `${looked}. No model leads on all rows, so there is no ranking that could turn.`
  const leader = models[survey.leader]?.name ?? ''
  if (turns === 0)
    return `${looked}: in none is another model ahead of ${leader}, the best on all rows, beyond chance.`
  const where =
    turns === 1 ? 'In one the ranking turns' : `In ${formatCount(turns)} the ranking turns`
  return `${looked}. ${where}: another model is ahead of ${leader}, the best on all rows.`
}

/** What stands in the last column of a slice. */
export function orderText(
  slice: Slice,
  survey: SliceSurvey,
  models: readonly NamedModel[],
  fewestRows: number,
): string {
  if (slice.rows < fewestRows) return 'Too few rows to tell'
  if (survey.leader === null || !survey.isTested) return ''
  if (slice.turn === null) return 'As on all rows'
  const name = models[slice.turn.model]?.name ?? ''
  const p = `adjusted ${formatPValue(slice.turn.adjustedPValue)}`
  return slice.turn.isSignificant
    ? `Turns: ${name} ahead, ${p}`
    : `${name} ahead, may be chance (${p})`
}
