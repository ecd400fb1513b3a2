import { centerOfReturns, returnMoments } from './return-moments'

/** Returns on the scale of their own mean and deviation. */
export interface ReturnScores {
  /** (return − mean) ÷ deviation: mean 0 and mean square 1. */
  readonly scores: Float64Array
  /** Mean ÷ deviation per period, with n in the deviation where `returnMoments` has n − 1. */
  readonly sharpe: number
}

/** Null where `returnMoments` is. */
export function returnScores(returns: Float64Array): ReturnScores | null {
  if (returnMoments(returns) === null) return null
  const mean = centerOfReturns(returns)
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / returns.length)
  return {
    scores: returns.map((value) => (value - mean) / deviation),
    sharpe: mean / deviation,
  }
}
