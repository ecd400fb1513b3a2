import type { MetricInfo } from '../core/metric'
import type { EquityCurve, PolicyDetails, WindowScores } from '../core/report'
import type { PaintedModel } from './plot-data'

export interface PaintedPolicy {
  readonly name: string
  readonly colour: number
  readonly policy: PolicyDetails
  readonly windows: readonly WindowScores[]
}

/** Fewer closed trades than these say nothing of a policy. */
export const FEW_TRADES = 10

/** Policies that have been traded, best first. */
export function paintedPolicies(models: readonly PaintedModel[]): readonly PaintedPolicy[] {
  return models.flatMap(({ name, colour, details, model }) =>
    details.policy === undefined
      ? []
      : [{ name, colour, policy: details.policy, windows: model.windows ?? [] }],
  )
}

/** The windows that any policy was traded in, in order. */
export function allWindows(policies: readonly PaintedPolicy[]): readonly WindowScores[] {
  const windows = new Map(
    policies.flatMap((one) => one.windows.map((window) => [window.index, window] as const)),
  )
  return [...windows.values()].toSorted((a, b) => a.index - b.index)
}

/** One figure of one policy, window by window; null where it has none. */
export function windowValues(
  { windows: own }: PaintedPolicy,
  windows: readonly WindowScores[],
  metric: string,
): readonly (number | null)[] {
  const values = new Map(own.map((window) => [window.index, window.metrics[metric] ?? null]))
  return windows.map(({ index }) => values.get(index) ?? null)
}

/** In how many windows each policy is best, ties counting for each; by name. */
export function windowsWon(
  policies: readonly PaintedPolicy[],
  windows: readonly WindowScores[],
  { id, direction }: MetricInfo,
): ReadonlyMap<string, number> {
  const rows = policies.map((policy) => windowValues(policy, windows, id))
  const sign = direction === 'higher' ? 1 : -1
  const best = windows.map((_, at) =>
    Math.max(...rows.map((row) => (row[at] === null ? -Infinity : sign * (row[at] ?? -Infinity)))),
  )
  return new Map(
    policies.map(({ name }, index) => {
      const won = (rows[index] ?? []).filter(
        (value, at) => value !== null && sign * value === best[at],
      )
      return [name, won.length]
    }),
  )
}

/** A market that is the same for all: the first policy's. */
export function buyAndHoldOf(policies: readonly PaintedPolicy[]): EquityCurve | null {
  const curve = policies[0]?.policy.buyAndHold
  return curve === undefined || curve.rows.length === 0 ? null : curve
}
