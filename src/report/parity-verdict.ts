import {
  formatCount,
  formatDistance,
  formatList,
  formatPercent,
  formatQuantity,
} from '../core/format'
import type { Report, ReportModel } from '../core/report'
import { baselineOf } from './baseline-of'

interface Checked {
  readonly name: string
  readonly model: ReportModel
  readonly parity: NonNullable<ReportModel['details']['parity']>
}

/** More are counted. */
const MOST_NAMED = 3

/**
 * What a parity check came to, in words to act on: on how many rows a model agrees with its reference,
 * how sure that share is, what changes and by how much. Of several candidates the one that strays
 * furthest is told. Null where no candidate has figures.
 */
export function parityVerdict(report: Report): string | null {
  const checked = report.models.flatMap((model): readonly Checked[] => {
    const { parity } = model.details
    const isTold = model.status === 'ok' && parity !== undefined && parity.against !== 'itself'
    return isTold ? [{ name: model.name, model, parity }] : []
  })
  const ranked = checked.toSorted(
    (one, other) => agreement(one) - agreement(other) || spread(other) - spread(one),
  )
  const [furthest, ...others] = ranked
  if (furthest === undefined) return null
  const reference =
    furthest.parity.against === 'recorded'
      ? 'the recorded answers'
      : (baselineOf(report) ?? 'the baseline')
  const whole = others.length > 0 && ranked.every((one) => agreement(one) === 1)
  if (whole) {
    return `${named(ranked)} agree with ${reference} on all ${formatQuantity(furthest.parity.rows, 'row')}; ${largest(furthest)}, by ${furthest.name}.`
  }
  const told = sentence(furthest, reference)
  if (others.length === 0) return `${told}.`
  const full = others.filter((one) => agreement(one) === 1)
  const rest =
    full.length === others.length
      ? `${named(full)} ${full.length === 1 ? 'agrees' : 'agree'} on all rows`
      : `${formatQuantity(others.length, 'other candidate')} ${others.length === 1 ? 'strays' : 'stray'} less`
  return `${told}. ${rest}.`
}

function sentence(one: Checked, reference: string): string {
  const { name, model, parity } = one
  const share = agreement(one)
  const id = agreementId(one)
  const rows = formatQuantity(parity.rows, 'row')
  const [low, high] = model.intervals[id] ?? []
  const sure =
    low === undefined || high === undefined
      ? ''
      : ` (95\u202f% interval ${formatPercent(low)} to ${formatPercent(high)})`
  const isClass = id === 'topOneAgreement'
  const verb = isClass ? 'agrees with' : 'is within tolerance of'
  const on =
    share === 1
      ? `on all ${rows}`
      : `on ${formatPercent(share, shareDecimals(share))} of ${rows}${sure}`
  const changed = parity.changedRows ?? 0
  const classes =
    isClass && changed > 0
      ? `: ${formatCount(changed)} ${changed === 1 ? 'row changes' : 'rows change'} class`
      : ''
  const size = largest(one)
  return `${name} ${verb} ${reference} ${on}${classes}${size === '' ? '' : `; ${size}`}`
}

/** Class where there is one: what a user of the model sees. */
function agreementId({ model }: Checked): 'topOneAgreement' | 'withinTolerance' {
  return (model.metrics['topOneAgreement'] ?? null) === null ? 'withinTolerance' : 'topOneAgreement'
}

function agreement(one: Checked): number {
  return one.model.metrics[agreementId(one)] ?? 0
}

/** The largest difference; above all where one has no size. */
function spread({ model, parity }: Checked): number {
  return parity.numbers === 0 ? 0 : (model.metrics['maxAbsDifference'] ?? Infinity)
}

function largest({ model, parity }: Checked): string {
  if (parity.numbers === 0) return ''
  const size = model.metrics['maxAbsDifference'] ?? null
  const unsized = parity.differences?.unsized ?? 0
  if (size === null) return `${formatQuantity(unsized, 'row')} with NaN or infinity on one side`
  return size === 0 ? 'no number differs' : `largest difference ${formatDistance(size)}`
}

/** 99.8 % of 629 rows, and not 100.0 % of a million of which some changed. */
function shareDecimals(share: number): number {
  const missing = Math.min(share, 1 - share)
  return missing >= 5e-4 ? 1 : Math.min(6, -Math.floor(Math.log10(missing * 100) + 1e-9))
}

function named(models: readonly Checked[]): string {
  return models.length > MOST_NAMED
    ? `${formatCount(models.length)} models`
    : formatList(models.map(({ name }) => name))
}
