import { quantstatsMetrics } from './quantstats-metrics'

/**
 * Where empyrical-reloaded (`src/empyrical/stats.py`) differs from Bakeoff: drawdown has a negative
 * sign. The periods per year are its `annualization` argument. It knows no trades, so figures of
 * trades are Bakeoff's.
 */
export const empyricalMetrics = { maxDrawdown: quantstatsMetrics.maxDrawdown }
