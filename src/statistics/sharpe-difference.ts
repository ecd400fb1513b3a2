import type { Interval } from '../core/comparison'
import { geometricLongRunError } from './geometric-long-run-error'
import { RandomGenerator } from './random-generator'
import { returnScores, type ReturnScores } from './return-scores'
import { sharpeInfluence } from './sharpe-influence'
import { sharpeResampler } from './sharpe-resampler'
import { drawStationaryBlocks, emptyBlocks } from './stationary-blocks'

export interface SharpeBootstrapSettings {
  /** Mean block length in bars, for all policies: `sharpeBlockLength`. */
  readonly blockLength: number
  readonly periodsPerYear: number
  /** The same seed draws the same blocks for every pair. */
  readonly seed: number
  readonly resamples: number
}

/** Sharpe ratios per year, first minus second. */
export interface SharpeDifference {
  readonly difference: number
  /** 95 %; null where more than one resample in twenty lacks a ratio, as with a policy that seldom trades. */
  readonly interval: Interval | null
  /** Two-sided, of equal ratios; at most 0.05 exactly where the interval leaves 0 out. Never 0. */
  readonly pValue: number
}

const CONFIDENCE = 0.95
/** Errors per period below this are of rounding: scores have a deviation of 1. */
const NOISE = 1e-10

/**
 * How far the Sharpe ratios of two policies over the same bars are apart, with a symmetric studentized
 * interval and p-value from the stationary bootstrap: both policies are resampled by the same blocks
 * of bars, and each resample's difference is measured in its own standard error. Swapping the policies
 * flips the signs. One policy against itself, or against itself at another leverage, is exactly 0 apart
 * with a p-value of 1. Pass null as the second for the Sharpe ratio of one policy and its interval.
 *
 * Null where a policy has no Sharpe ratio: fewer than four returns, or constant ones.
 *
 * O. Ledoit & M. Wolf (2008), Robust performance hypothesis testing with the Sharpe ratio, Journal of
 * Empirical Finance 15(5), 850–859, section 3.2, with the stationary bootstrap's blocks and its own
 * variance in place of circular blocks and a kernel. Cost per resample: a few steps per block.
 */
export function sharpeDifference(
  first: Float64Array,
  second: Float64Array | null,
  settings: SharpeBootstrapSettings,
): SharpeDifference | null {
  const a = returnScores(first)
  const b = second === null ? null : returnScores(second)
  if (a === null || (second !== null && b === null)) return null
  const scale = Math.sqrt(((first.length - 1) / first.length) * settings.periodsPerYear)
  const difference = a.sharpe - (b?.sharpe ?? 0)
  const error = geometricLongRunError(influenceDifference(a, b), settings.blockLength)
  if (error < NOISE && Math.abs(difference) < NOISE) {
    return { difference: 0, interval: [0, 0], pValue: 1 }
  }

  const distances = studentizedDistances(a, b, settings)
  const rank = Math.ceil(CONFIDENCE * (settings.resamples + 1))
  const half = (distances[rank - 1] ?? Infinity) * error
  const observed = Math.abs(difference) / error
  const beyond = distances.reduce((count, distance) => count + Number(distance >= observed), 0)
  return {
    difference: difference * scale,
    interval: Number.isFinite(half)
      ? [(difference - half) * scale, (difference + half) * scale]
      : null,
    pValue: (beyond + 1) / (settings.resamples + 1),
  }
}

/** Rising; Infinity where a resample has no Sharpe ratio, which is to count as far off. */
function studentizedDistances(
  first: ReturnScores,
  second: ReturnScores | null,
  { blockLength, seed, resamples }: SharpeBootstrapSettings,
): Float64Array {
  const center = first.sharpe - (second?.sharpe ?? 0)
  const random = new RandomGenerator(seed)
  const blocks = emptyBlocks(first.scores.length)
  const resample = sharpeResampler(first, second)
  const distances = new Float64Array(resamples)
  for (let index = 0; index < resamples; index += 1) {
    drawStationaryBlocks(blocks, blockLength, random)
    const { difference, error } = resample(blocks)
    distances[index] = error > NOISE ? Math.abs(difference - center) / error : Infinity
  }
  return distances.sort()
}

function influenceDifference(first: ReturnScores, second: ReturnScores | null): Float64Array {
  const influence = sharpeInfluence(first)
  if (second === null) return influence
  const other = sharpeInfluence(second)
  return influence.map((value, bar) => value - (other[bar] as number))
}
