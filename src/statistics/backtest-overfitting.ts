import { returnScores } from './return-scores'
import { rowRanks } from './row-ranks'

export interface BacktestOverfitting {
  /** PBO: the share of `logits` that are at most 0. */
  readonly probability: number
  /** Share of the halvings in which the best of one half has a Sharpe ratio below 0 in the other. */
  readonly probabilityOfLoss: number
  /** Of each halving: ln(ω / (1 − ω)), ω = the winner's rank from the bottom ÷ (policies + 1). */
  readonly logits: Float64Array
  readonly splits: number
  readonly barsPerSplit: number
}

const MOST_SPLITS = 16
const FEWEST_SPLITS = 4
const FEWEST_BARS = 10
/** Scores have a deviation of 1: less variance than this is rounding. */
const NOISE = 1e-10

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation: the returns of
 * all policies over the same bars are cut into `splits` blocks, and for every way to take half of the
 * blocks, the policy with the best Sharpe ratio there is looked up in the ranking of the other half.
 * Below the middle, or in it, the choice did not carry over.
 *
 * `splits` is even, at most 16, and comes down to leave 10 bars to a block; the oldest bars that fill
 * no block are left out. A policy without variance in a half has a ratio of 0 if it neither won nor
 * lost, else an infinite one. Policies that share the best place stand for it with their mean rank,
 * and equal ratios share their ranks: the order of the policies does not matter. Null with fewer than
 * two policies or 40 bars.
 *
 * D. H. Bailey, J. M. Borwein, M. López de Prado & Q. J. Zhu (2017), The probability of backtest
 * overfitting, Journal of Computational Finance 20(4), 39–69. Cost: 12,870 halvings × policies.
 */
export function backtestOverfitting(
  policies: readonly Float64Array[],
  splits = MOST_SPLITS,
): BacktestOverfitting | null {
  const bars = policies[0]?.length ?? 0
  const blocks = Math.min(splits, MOST_SPLITS, 2 * Math.floor(bars / FEWEST_BARS / 2))
  if (policies.length < 2 || blocks < FEWEST_SPLITS) return null
  const barsPerSplit = Math.floor(bars / blocks)
  const sums = policies.map((returns) =>
    blockMoments(returns.subarray(bars - blocks * barsPerSplit), blocks),
  )
  const logits: number[] = []
  let losses = 0
  for (const half of halvings(blocks)) {
    const inside = sums.map((moments) => sharpeOver(moments, half, barsPerSplit))
    const rest = 2 ** blocks - 1 - half
    const outside = sums.map((moments) => sharpeOver(moments, rest, barsPerSplit))
    const best = Math.max(...inside)
    const winners = inside.flatMap((ratio, policy) => (ratio === best ? [policy] : []))
    const { ranks } = rowRanks(outside, 'lower')
    const rank = mean(winners.map((policy) => ranks[policy] as number))
    logits.push(Math.log(rank / (policies.length + 1 - rank)))
    losses += mean(winners.map((policy) => Number((outside[policy] as number) < 0)))
  }
  return {
    probability: logits.filter((logit) => logit <= 0).length / logits.length,
    probabilityOfLoss: losses / logits.length,
    logits: Float64Array.from(logits),
    splits: blocks,
    barsPerSplit,
  }
}

/** Sets of half of the blocks, as bits. */
function halvings(blocks: number): number[] {
  return Array.from({ length: 2 ** blocks }, (_, bits) => bits).filter(
    (bits) => bitCount(bits) === blocks / 2,
  )
}

function bitCount(bits: number): number {
  let count = 0
  for (let left = bits; left > 0; left >>>= 1) count += left & 1
  return count
}

/** Per block the sum of scores and of their squares; without scores, the constant return alone. */
interface BlockMoments {
  readonly sharpe: number
  readonly sums: Float64Array | null
}

function blockMoments(returns: Float64Array, blocks: number): BlockMoments {
  const scores = returnScores(returns)
  if (scores === null) return { sharpe: constantSharpe(returns[0] ?? 0), sums: null }
  const size = returns.length / blocks
  const sums = new Float64Array(2 * blocks)
  scores.scores.forEach((score, bar) => {
    const at = 2 * Math.floor(bar / size)
    sums[at] = (sums[at] as number) + score
    sums[at + 1] = (sums[at + 1] as number) + score * score
  })
  return { sharpe: scores.sharpe, sums }
}

function sharpeOver({ sharpe, sums }: BlockMoments, half: number, barsPerSplit: number): number {
  if (sums === null) return sharpe
  let [sum, squares] = [0, 0]
  for (let block = 0; 2 * block < sums.length; block += 1) {
    if ((half >>> block) % 2 === 0) continue
    sum += sums[2 * block] as number
    squares += sums[2 * block + 1] as number
  }
  const bars = (barsPerSplit * sums.length) / 4
  const center = sum / bars
  const variance = squares / bars - center * center
  if (variance > NOISE) return (sharpe + center) / Math.sqrt(variance)
  return constantSharpe(Math.abs(sharpe + center) > NOISE ? sharpe + center : 0)
}

function constantSharpe(gain: number): number {
  return gain === 0 ? 0 : Math.sign(gain) * Infinity
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
