import type { Comparison, Interval } from '../core/comparison'
import { formatCount, formatList, formatQuantity } from '../core/format'
import type { Direction, MetricInfo } from '../core/metric'
import type { Report } from '../core/report'
import { differenceText } from './difference-text'
import { formatPValue } from './format-p-value'

/** How a metric is spoken of. */
export interface SpokenMetric {
  readonly id: string
  readonly direction: Direction
  readonly unit: MetricInfo['unit']
  /** As it stands in a sentence. */
  readonly label: string
  /** `row` or `bar`. */
  readonly noun: string
}

/**
 * The sentence over comparisons with a baseline on one metric: which model is better and by
 * how much, with interval, p-value and rows; or that there is no evidence of a difference. Null where
 * nothing was compared, or where there are too few rows to tell.
 */
export function testedVerdict(report: Report, metric: SpokenMetric): string | null {
  const sign = metric.direction === 'higher' ? -1 : 1
  const comparisons = report.comparisons
    .filter((comparison) => comparison.metric === metric.id)
    .toSorted((one, other) => sign * (one.difference - other.difference))
  const told = comparisons.filter(({ verdict }) => verdict !== 'too few rows to tell')
  const [best] = told
  if (best === undefined || report.statistics?.baseline == null) return null
  const speaker = new Speaker(report, metric, comparisons.length)
  if (comparisons.length === 1) return speaker.pair(best)
  return `${speaker.family(told, best)}${speaker.ties(best)}`
}

/** Models that a sentence names; more are counted. */
const MOST_NAMED = 3

class Speaker {
  constructor(
    private readonly report: Report,
    private readonly metric: SpokenMetric,
    private readonly candidates: number,
  ) {}

  /** One candidate against one baseline. */
  pair(comparison: Comparison): string {
    const { verdict, baseline, candidate, difference } = comparison
    if (verdict === 'better') {
      return `${candidate} beats ${baseline} ${this.#lead(comparison, true)}.`
    }
    if (verdict === 'worse')
      return `${baseline} beats ${candidate} ${this.#lead(comparison, false)}.`
    if (difference === 0) {
      const { label } = this.metric
      return `No evidence of a difference: ${candidate} and ${baseline} have the same ${label}, ${this.#evidence(comparison, true)}.`
    }
    const isAhead = this.#isAhead(comparison)
    const [ahead, behind] = isAhead ? [candidate, baseline] : [baseline, candidate]
    return `No evidence of a difference: ${ahead} is ahead of ${behind} ${this.#lead(comparison, isAhead)}.`
  }

  /** @param told best candidate first */
  family(told: readonly Comparison[], best: Comparison): string {
    const { baseline } = best
    const count = formatQuantity(told.length, 'candidate')
    const better = told.find(({ verdict }) => verdict === 'better')
    if (better !== undefined) {
      return `${better.candidate} beats the baseline ${baseline} ${this.#lead(better, true)}.`
    }
    if (told.every(({ verdict }) => verdict === 'worse')) {
      return `The baseline ${baseline} beats all of ${count}: ${best.candidate}, the closest, ${this.#lead(best, false)}.`
    }
    return `No evidence that any of ${count} beats the baseline ${baseline}: ${best.candidate}, the best of them, ${this.#standing(best)}${this.#worse(told)}.`
  }

  /** What the leader cannot be told apart from, beyond what the sentence says. */
  ties({ baseline }: Comparison): string {
    if (this.metric.id !== this.report.primaryMetric.id) return ''
    const [group = []] = this.report.statistics?.tieGroups ?? []
    const [leader, ...others] = group
    if (leader === undefined || leader === baseline) return ''
    const tied = others.filter((name) => name !== baseline)
    return tied.length === 0 ? '' : ` ${leader} and ${formatList(tied)} cannot be told apart.`
  }

  #standing(comparison: Comparison): string {
    if (comparison.difference === 0) {
      return `has the same ${this.metric.label}, ${this.#evidence(comparison, true)}`
    }
    const isAhead = this.#isAhead(comparison)
    return `is ${isAhead ? 'ahead' : 'behind'} ${this.#lead(comparison, isAhead)}`
  }

  #worse(told: readonly Comparison[]): string {
    const worse = told
      .filter(({ verdict }) => verdict === 'worse')
      .map(({ candidate }) => candidate)
    if (worse.length === 0) return ''
    const who = worse.length > MOST_NAMED ? formatCount(worse.length) : formatList(worse)
    return `; ${who} ${worse.length === 1 ? 'is' : 'are'} worse`
  }

  #isAhead({ difference }: Comparison): boolean {
    return difference > 0 === (this.metric.direction === 'higher')
  }

  /** `by 1.0 points of accuracy, 95 % interval 0.2 to 1.8, p = 0.02, 629 rows`. */
  #lead(comparison: Comparison, isCandidateAhead: boolean): string {
    const { unit, label } = this.metric
    const { difference } = this.#text(comparison, isCandidateAhead)
    const by = unit === 'share' ? `by ${difference} of ${label}` : `in ${label} by ${difference}`
    return `${by}, ${this.#evidence(comparison, isCandidateAhead)}`
  }

  #evidence(comparison: Comparison, isCandidateAhead: boolean): string {
    const { interval } = this.#text(comparison, isCandidateAhead)
    const { adjustedPValue, rows } = comparison
    const isFamily = this.candidates > 1
    const p = adjustedPValue === null ? null : formatPValue(adjustedPValue)
    return [
      interval === null ? null : `95\u202f% interval ${interval}`,
      p === null
        ? null
        : `${p}${isFamily ? ` adjusted for ${formatQuantity(this.candidates, 'candidate')}` : ''}`,
      formatQuantity(rows, this.metric.noun),
    ]
      .filter((part) => part !== null)
      .join(', ')
  }

  /** From the side of the one that is ahead: positive, whichever direction is better. */
  #text({ difference, interval }: Comparison, isCandidateAhead: boolean) {
    const isHigher = this.metric.direction === 'higher'
    const isTurned = isCandidateAhead !== isHigher
    const turned: Interval | null = interval === null ? null : [-interval[1], -interval[0]]
    return differenceText(
      isTurned ? -difference : difference,
      isTurned ? turned : interval,
      this.metric.unit,
    )
  }
}
