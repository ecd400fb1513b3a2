import type { ReturnScores } from './return-scores'

/**
 * What each return adds to the error of the Sharpe ratio, to first order (the delta method): the ratio
 * measured is off by about the mean of the influences of the returns drawn. Mean 0.
 *
 * O. Ledoit & M. Wolf (2008), Robust performance hypothesis testing with the Sharpe ratio, Journal of
 * Empirical Finance 15(5), 850–859, eq. (2) to (4), written in scores.
 */
export function sharpeInfluence({ scores, sharpe }: ReturnScores): Float64Array {
  return scores.map((score) => score - (sharpe / 2) * (score * score - 1))
}
