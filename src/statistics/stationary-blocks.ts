import type { RandomGenerator } from './random-generator'

/**
 * A resample of consecutive rows: block i takes `lengths[i]` rows from row `starts[i]` on, going on
 * at row 0 after the last one. Only the first `count` entries hold; the lengths sum to the number of
 * rows.
 */
export interface Blocks {
  count: number
  readonly starts: Int32Array
  readonly lengths: Int32Array
}

/** Room for any resample of `rows` rows. */
export function emptyBlocks(rows: number): Blocks {
  return { count: 0, starts: new Int32Array(rows), lengths: new Int32Array(rows) }
}

/**
 * Draws one resample of the stationary bootstrap into `blocks`: blocks that start anywhere, with
 * geometric lengths of the given mean (≥ 1; at 1 every row is drawn by itself). The last block is
 * cut so that the resample has as many rows as there is room for in `blocks`.
 *
 * D. N. Politis & J. P. Romano (1994), The stationary bootstrap, Journal of the American Statistical
 * Association 89(428), 1303–1313. Cost: three random numbers and a logarithm per block.
 */
export function drawStationaryBlocks(
  blocks: Blocks,
  meanLength: number,
  random: RandomGenerator,
): void {
  const rows = blocks.starts.length
  const logOfGoingOn = Math.log1p(-1 / meanLength)
  let count = 0
  for (let left = rows; left > 0; count += 1) {
    const start = random.nextBelow(rows)
    const length = 1 + Math.floor(Math.log(1 - random.nextFloat()) / logOfGoingOn)
    blocks.starts[count] = start
    blocks.lengths[count] = Math.min(length, left)
    left -= length
  }
  blocks.count = count
}
