import type {
  ComparedModels,
  Comparison,
  Interval,
  PolicyLuck,
  ReportStatistics,
} from '../core/comparison'
import type { Outcome } from '../core/failure'

/** What a comparison adds to the report. */
export interface ReportComparison {
  readonly comparisons: readonly Comparison[]
  readonly statistics: ReportStatistics | null
  intervals(modelId: string): Readonly<Record<string, Interval>>
}

/**
 * Names in place of ids. Null where nothing was to compare, a failure where it could not be done:
 * the models' own figures stand without it.
 */
export function reportComparison(
  compared: Outcome<ComparedModels> | null,
  names: ReadonlyMap<string, string>,
  seed: number,
): ReportComparison {
  const nameOf = (modelId: string) => names.get(modelId) ?? modelId
  if (compared?.ok !== true) {
    const problem = compared === null ? null : compared.failure.message
    return {
      comparisons: [],
      statistics: problem === null ? null : { ...NOTHING, seed, problem },
      intervals: () => ({}),
    }
  }
  const { baselineId, comparisons, intervals, tieGroups, luck, ...rest } = compared.value
  const byModel = new Map(intervals.map((model) => [model.modelId, model.intervals]))
  return {
    comparisons: comparisons.map(({ baselineId: baseline, candidateId, ...comparison }) => ({
      baseline: nameOf(baseline),
      candidate: nameOf(candidateId),
      ...comparison,
    })),
    statistics: {
      ...rest,
      baseline: baselineId === null ? null : nameOf(baselineId),
      tieGroups: tieGroups.map((group) => group.map(nameOf)),
      luck: luck && luckByName(luck, nameOf),
      problem: null,
    },
    intervals: (modelId) => byModel.get(modelId) ?? {},
  }
}

function luckByName(
  luck: PolicyLuck<string>,
  nameOf: (modelId: string) => string,
): PolicyLuck<string> {
  const { policies, windows } = luck
  return {
    ...luck,
    policies: policies.map((policy) => ({ ...policy, model: nameOf(policy.model) })),
    windows: windows && {
      ...windows,
      averageRanks: windows.averageRanks.map(({ model, rank }) => ({ model: nameOf(model), rank })),
    },
  }
}

const NOTHING = { baseline: null, pairing: null, methods: {}, tieGroups: [], luck: null, notes: [] }
