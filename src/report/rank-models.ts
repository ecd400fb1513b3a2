import type { Direction } from '../core/metric'
import type { ReportModel } from '../core/report'

type Ranked = Pick<ReportModel, 'name' | 'status' | 'metrics'>

/**
 * Names, best first. Models without the figure come after those that have it, models that did not
 * finish come last; within equals the given order stays.
 */
export function rankModels(
  models: readonly Ranked[],
  metric: { readonly id: string; readonly direction: Direction },
): readonly string[] {
  const sign = metric.direction === 'higher' ? -1 : 1
  const value = (model: Ranked) =>
    model.status === 'ok' ? (model.metrics[metric.id] ?? null) : null
  return [...models]
    .sort((a, b) => {
      const group = rankGroup(a, value(a)) - rankGroup(b, value(b))
      return group !== 0 ? group : sign * ((value(a) ?? 0) - (value(b) ?? 0))
    })
    .map((model) => model.name)
}

function rankGroup(model: Ranked, value: number | null): number {
  if (model.status !== 'ok') return 2
  return value === null ? 1 : 0
}
