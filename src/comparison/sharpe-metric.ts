import { returnMoments } from '../statistics/return-moments'
import { sharpeBlockLength } from '../statistics/sharpe-block-length'
import { sharpeDifference, type SharpeDifference } from '../statistics/sharpe-difference'
import type { PolicyEvidence } from './evidence'
import type { PairedMetric } from './paired-metric'

/** Relative distance at which two ways of summing a Sharpe ratio are still the same. */
const ROUNDING = 1e-6

/**
 * The Sharpe ratio by the stationary bootstrap: bars depend on those before them, so blocks of bars are
 * drawn, the same for all policies. Null where a convention computes the ratio in another way, since
 * the interval would not be of the figure shown.
 */
export function sharpeMetric(
  models: readonly PolicyEvidence[],
  seed: number,
  resamples: number,
): PairedMetric | null {
  if (!models.every(isPlainSharpe)) return null
  const blockLength = sharpeBlockLength(models.flatMap(({ returns }) => returns ?? []))
  const made = new Map<string, SharpeDifference | null>()
  /** Second minus first; of the first alone where there is no second. */
  const compare = (first: number, second: number | null): SharpeDifference | null => {
    const key = `${String(first)} ${String(second)}`
    const known = made.get(key)
    if (known !== undefined) return known
    const result = difference(models, first, second, { blockLength, seed, resamples })
    made.set(key, result)
    return result
  }
  return {
    id: 'sharpe',
    method: { method: 'stationary-bootstrap', resamples },
    interval: (model) => compare(model, null)?.interval ?? null,
    differenceInterval: (first, second) => compare(first, second)?.interval ?? null,
    test: (first, second) => {
      const result = compare(first, second)
      return result && { test: 'stationary-bootstrap', statistic: null, pValue: result.pValue }
    },
  }
}

function difference(
  models: readonly PolicyEvidence[],
  first: number,
  second: number | null,
  settings: { readonly blockLength: number; readonly seed: number; readonly resamples: number },
): SharpeDifference | null {
  const [one, other] = [models[first], second === null ? null : models[second]]
  const minuend = other === null ? one : other
  const subtrahend = other === null ? null : (one?.returns ?? undefined)
  if (minuend?.returns == null || subtrahend === undefined) return null
  const { periodsPerYear } = minuend
  return sharpeDifference(minuend.returns, subtrahend, { ...settings, periodsPerYear })
}

/** Mean ÷ deviation of the returns from bar to bar, as a yearly rate. */
function isPlainSharpe({ returns, periodsPerYear, metrics }: PolicyEvidence): boolean {
  const told = metrics['sharpe'] ?? null
  const moments = returns && returnMoments(returns)
  if (told === null || moments === null) return true
  const own = moments.sharpe * Math.sqrt(periodsPerYear)
  return Math.abs(own - told) <= ROUNDING * Math.max(1, Math.abs(own))
}
