import type { ReturnScores } from './return-scores'
import type { Blocks } from './stationary-blocks'

/** Scores have a deviation of 1: a resample whose variance is below this does not vary at all. */
const NOISE = 1e-10
/** Of each block and policy: the sum of its scores and of their squares. */
const SUMS = 2

/** The Sharpe difference of one resample, per period, and the standard error that it would report. */
export interface ResampledSharpe {
  readonly difference: number
  readonly error: number
}

/**
 * The Sharpe difference of two policies, first minus second (null: minus 0), in a resample of blocks;
 * NaN where a policy's returns do not vary there. The returned function costs the same for a block of
 * any length: sums over rows are differences of running sums.
 *
 * The error is the one of blocks as independent draws: the root of the summed squares of what each
 * block adds to the difference to first order, ÷ n (F. Götze & H. R. Künsch, 1996, Second-order
 * correctness of the blockwise bootstrap, Annals of Statistics 24(5), 1914–1933).
 */
export function sharpeResampler(
  first: ReturnScores,
  second: ReturnScores | null,
): (blocks: Blocks) => ResampledSharpe {
  const rows = first.scores.length
  const running = runningSums([first.scores, second?.scores ?? new Float64Array(rows)])
  const width = 2 * SUMS
  let sums = new Float64Array(0)
  return (blocks) => {
    if (sums.length < blocks.count * width) sums = new Float64Array(blocks.count * width * 2)
    blockSums(running, blocks, sums, width)
    const a = slopes(first.sharpe, sums, blocks, 0)
    const b = second === null ? NO_POLICY : slopes(second.sharpe, sums, blocks, SUMS)
    let squares = 0
    for (let block = 0; block < blocks.count; block += 1) {
      const length = blocks.lengths[block] as number
      const at = block * width
      const ofFirst =
        a.onMean * ((sums[at] as number) - length * a.mean) +
        a.onSquare * ((sums[at + 1] as number) - length * a.square)
      const ofSecond =
        b.onMean * ((sums[at + 2] as number) - length * b.mean) +
        b.onSquare * ((sums[at + 3] as number) - length * b.square)
      squares += (ofFirst - ofSecond) ** 2
    }
    return { difference: a.sharpe - b.sharpe, error: Math.sqrt(squares) / rows }
  }
}

/** Rows of running sums before each bar and after the last: score and square of each policy. */
function runningSums(policies: readonly Float64Array[]): Float64Array {
  const width = policies.length * SUMS
  const rows = policies[0]?.length ?? 0
  const running = new Float64Array((rows + 1) * width)
  policies.forEach((scores, policy) => {
    scores.forEach((score, row) => {
      const at = row * width + policy * SUMS
      running[at + width] = (running[at] as number) + score
      running[at + width + 1] = (running[at + 1] as number) + score * score
    })
  })
  return running
}

function blockSums(running: Float64Array, blocks: Blocks, sums: Float64Array, width: number): void {
  const rows = running.length / width - 1
  for (let block = 0; block < blocks.count; block += 1) {
    const start = blocks.starts[block] as number
    const end = start + (blocks.lengths[block] as number)
    const wrapped = end > rows
    for (let sum = 0; sum < width; sum += 1) {
      const before = running[start * width + sum] as number
      const after = wrapped
        ? (running[rows * width + sum] as number) + (running[(end - rows) * width + sum] as number)
        : (running[end * width + sum] as number)
      sums[block * width + sum] = after - before
    }
  }
}

/** One policy's Sharpe ratio in a resample, and how it moves with the means of score and square. */
interface Slopes {
  readonly sharpe: number
  readonly mean: number
  readonly square: number
  readonly onMean: number
  readonly onSquare: number
}

const NO_POLICY: Slopes = { sharpe: 0, mean: 0, square: 0, onMean: 0, onSquare: 0 }

function slopes(sharpe: number, sums: Float64Array, blocks: Blocks, offset: number): Slopes {
  const rows = blocks.starts.length
  const width = 2 * SUMS
  let [mean, square] = [0, 0]
  for (let block = 0; block < blocks.count; block += 1) {
    mean += sums[block * width + offset] as number
    square += sums[block * width + offset + 1] as number
  }
  mean /= rows
  square /= rows
  const variance = square - mean * mean
  const deviation = variance > NOISE ? Math.sqrt(variance) : NaN
  const onSquare = -(sharpe + mean) / (2 * variance * deviation)
  return {
    mean,
    square,
    sharpe: (sharpe + mean) / deviation,
    onMean: 1 / deviation - 2 * mean * onSquare,
    onSquare,
  }
}
