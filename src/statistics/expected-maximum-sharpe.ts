import { normalQuantile } from './normal-distribution'

const EULER_MASCHERONI = 0.5772156649015329

/**
 * The Sharpe ratio to expect of the best of `trials` policies of which none has any skill, when their
 * ratios vary by `variance`; 0 for one trial. In the unit of the ratios, per period or per year.
 *
 * D. H. Bailey & M. López de Prado (2014), The deflated Sharpe ratio, Journal of Portfolio Management
 * 40(5), 94–107.
 */
export function expectedMaximumSharpe(trials: number, variance: number): number {
  if (trials < 2) return 0
  // −Φ⁻¹(p) in place of Φ⁻¹(1 − p), which loses digits where trials are many.
  const best = -normalQuantile(1 / trials)
  const next = -normalQuantile(1 / (trials * Math.E))
  return Math.sqrt(variance) * ((1 - EULER_MASCHERONI) * best + EULER_MASCHERONI * next)
}
