import {
  FEWEST_ROWS,
  type ComparedModels,
  type ComparisonVerdict,
  type Interval,
  type ModelComparison,
} from '../core/comparison'
import type { Direction, MetricValue } from '../core/metric'
import { holm } from '../statistics/holm'
import { tieGroups } from '../statistics/tie-groups'
import { judgeDifference } from './judge-difference'
import type { NamedTest, PairedMetric, PairedModels } from './paired-metric'

/** All pairs of models are tested for ties up to here: their number grows as the square. */
const MOST_TESTED_FOR_TIES = 32

export interface Contestant {
  readonly modelId: string
  /** By metric id. */
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** Too few trades to tell: no verdict with this one. */
  readonly isThin: boolean
}

export interface CompareOptions {
  readonly baselineId: string | null
  readonly primaryMetric: string
  /** By metric id; metrics that are not here are left out. */
  readonly directions: ReadonlyMap<string, Direction>
}

export type ComparedContestants = Pick<
  ComparedModels,
  'intervals' | 'comparisons' | 'methods' | 'tieGroups' | 'notes'
>

/** Intervals of all models, every candidate against the baseline, and which models are tied. */
export function compareModels(
  contestants: readonly Contestant[],
  paired: PairedModels,
  options: CompareOptions,
): ComparedContestants {
  const metrics = paired.metrics
    .filter(({ id }) => options.directions.has(id))
    .toSorted((one, other) => rankOf(one.id, options) - rankOf(other.id, options))
  const comparisons =
    paired.isTested === false
      ? []
      : metrics.flatMap((metric) => compareOn(metric, contestants, paired.rows, options))
  const primary = metrics.find(({ id }) => id === options.primaryMetric)
  const isTooLong = contestants.length > MOST_TESTED_FOR_TIES
  const ties =
    primary === undefined || isTooLong || paired.isTested === false || paired.rows < FEWEST_ROWS
      ? []
      : findTies(primary, contestants, comparisons, options)
  const note = `Ties are not looked for among more than ${String(MOST_TESTED_FOR_TIES)} models.`
  return {
    intervals: contestants.map(({ modelId, metrics: figures }, model) => ({
      modelId,
      intervals: intervalsOf(metrics, figures, model),
    })),
    comparisons,
    methods: Object.fromEntries(metrics.map(({ id, method }) => [id, method])),
    tieGroups: ties,
    notes: isTooLong ? [...paired.notes, note] : paired.notes,
  }
}

function rankOf(id: string, { primaryMetric, directions }: CompareOptions): number {
  return id === primaryMetric ? -1 : [...directions.keys()].indexOf(id)
}

function intervalsOf(
  metrics: readonly PairedMetric[],
  figures: Contestant['metrics'],
  model: number,
): Readonly<Record<string, Interval>> {
  return Object.fromEntries(
    metrics.flatMap((metric) => {
      if ((figures[metric.id] ?? null) === null) return []
      const interval = metric.interval(model)
      return interval === null ? [] : [[metric.id, interval]]
    }),
  )
}

/** One metric: every candidate that has it, adjusted together. */
function compareOn(
  metric: PairedMetric,
  contestants: readonly Contestant[],
  rows: number,
  { baselineId, directions }: CompareOptions,
): readonly ModelComparison[] {
  const { id } = metric
  const base = contestants.findIndex(({ modelId }) => modelId === baselineId)
  const baseline = contestants[base]
  const baseValue = baseline?.metrics[id] ?? null
  if (baseline === undefined || baseValue === null) return []
  const pairs = contestants.flatMap((candidate, place) => {
    const value = candidate.metrics[id] ?? null
    return place === base || value === null ? [] : [{ candidate, place, value }]
  })
  const tests = pairs.map(({ place }) => metric.test(base, place))
  const adjusted = holm(tests.map((test) => test?.pValue ?? null))
  return pairs.map(({ candidate, place, value }, index) => {
    const test = tests[index] ?? null
    const tested = {
      difference: value - baseValue,
      interval: metric.differenceInterval(base, place),
      adjustedPValue: adjusted[index] ?? null,
    }
    const isThin = rows < FEWEST_ROWS || baseline.isThin || candidate.isThin
    const verdict: ComparisonVerdict = isThin
      ? 'too few rows to tell'
      : judge(tested, test, directions.get(id))
    return {
      ...{ baselineId: baseline.modelId, candidateId: candidate.modelId, metric: id },
      ...tested,
      ...{ test: test?.test ?? null, statistic: test?.statistic ?? null },
      ...{ pValue: test?.pValue ?? null, verdict, rows },
    }
  })
}

function judge(
  tested: Parameters<typeof judgeDifference>[0],
  test: NamedTest | null,
  direction: Direction = 'higher',
) {
  return judgeDifference({ ...tested, testDirection: test?.direction }, direction)
}

/** By the verdicts where the baseline is one of the two, else by tests of all other pairs. */
function findTies(
  metric: PairedMetric,
  contestants: readonly Contestant[],
  comparisons: readonly ModelComparison[],
  { baselineId, directions }: CompareOptions,
): readonly (readonly string[])[] {
  const direction = directions.get(metric.id) ?? 'higher'
  const ranked = contestants
    .flatMap(({ modelId, metrics }, place) => {
      const value = metrics[metric.id] ?? null
      return value === null ? [] : [{ modelId, place, value }]
    })
    .sort((one, other) =>
      direction === 'higher' ? other.value - one.value : one.value - other.value,
    )
  const pairs = ranked.flatMap((one, index) =>
    ranked
      .slice(index + 1)
      .filter((other) => one.modelId !== baselineId && other.modelId !== baselineId)
      .map((other) => ({ one, other, test: metric.test(one.place, other.place) })),
  )
  const adjusted = holm(pairs.map(({ test }) => test?.pValue ?? null))
  const apart = new Set<string>()
  const key = (one: string, other: string) => JSON.stringify([one, other].sort())
  pairs.forEach(({ one, other, test }, index) => {
    const tested = {
      difference: other.value - one.value,
      interval: metric.differenceInterval(one.place, other.place),
      adjustedPValue: adjusted[index] ?? null,
    }
    if (judge(tested, test, direction) !== 'no evidence of a difference') {
      apart.add(key(one.modelId, other.modelId))
    }
  })
  for (const { metric: id, baselineId: base, candidateId, verdict } of comparisons) {
    if (id === metric.id && (verdict === 'better' || verdict === 'worse')) {
      apart.add(key(base, candidateId))
    }
  }
  return tieGroups(ranked, (one, other) => apart.has(key(one.modelId, other.modelId))).map(
    (group) => group.map(({ modelId }) => modelId),
  )
}
