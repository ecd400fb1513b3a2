import type { RegressionAnswers } from '../core/metric'

export const RESIDUAL_BINS = 41

export interface ResidualHistogram {
  /** Rising, one more than `counts`. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
}

/**
 * Residuals (predicted minus true) in equal-width bins from the smallest to the largest; a bin
 * takes its lower edge, the last one its upper edge too. Where all residuals are equal the bins
 * span one unit around them. Null without rows or with a residual that is not finite.
 *
 * NumPy: `numpy.histogram(predicted - truth, bins=41)`. Cost: two passes.
 */
export function residualHistogram(
  { rows, truth, predicted }: RegressionAnswers,
  bins: number = RESIDUAL_BINS,
): ResidualHistogram | null {
  const residual = (row: number): number => (predicted[row] as number) - (truth[row] as number)
  let low = Infinity
  let high = -Infinity
  for (let row = 0; row < rows; row += 1) {
    const value = residual(row)
    if (Number.isNaN(value)) return null
    if (value < low) low = value
    if (value > high) high = value
  }
  if ((high - low) / bins === 0) {
    // Half a unit, or what still changes a value of this size.
    const half = Math.max(0.5, Math.abs(low) * 2 ** -40)
    low -= half
    high += half
  }
  if (!Number.isFinite(high - low)) return null

  const width = (high - low) / bins
  const edges = Array.from({ length: bins + 1 }, (_, bin) =>
    bin === bins ? high : low + bin * width,
  )
  const counts = new Array<number>(bins).fill(0)
  for (let row = 0; row < rows; row += 1) {
    const value = residual(row)
    let bin = Math.min(bins - 1, Math.floor((value - low) / width))
    // The quotient may round across an edge.
    if (value < (edges[bin] as number)) bin -= 1
    else if (bin < bins - 1 && value >= (edges[bin + 1] as number)) bin += 1
    counts[bin] = (counts[bin] as number) + 1
  }
  return { edges, counts }
}
