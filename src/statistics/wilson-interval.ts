import { normalQuantile } from './normal-distribution'

const Z = normalQuantile(0.975)

/**
 * 95 % interval of a share, by Wilson's score: it holds where a share is 0 or 1 and the resamples of a
 * bootstrap would all be equal. NaN without trials.
 *
 * Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference,
 * JASA 22, 209–212. statsmodels: `proportion_confint(hits, trials, method='wilson')`.
 */
export function wilsonInterval(hits: number, trials: number): readonly [number, number] {
  const share = hits / trials
  const square = (Z * Z) / trials
  const centre = share + square / 2
  const half = Z * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials))
  return [
    hits === 0 ? 0 : Math.max(0, (centre - half) / (1 + square)),
    hits === trials ? 1 : Math.min(1, (centre + half) / (1 + square)),
  ]
}
