import * as v from 'valibot'
import type { Comparison, PolicyLuck, ReportStatistics } from '../core/comparison'
import { count, list, named, nullable, number, text, type Schema } from './schema-parts'

export const intervalSchema = v.tuple([number(), number()])

/** Of a later version: known to be a test, but not which. */
const testName = v.fallback(
  v.nullable(
    v.picklist([
      ...(['mcnemar-exact', 'mcnemar-mid-p', 'delong', 'diebold-mariano'] as const),
      ...(['wilcoxon-exact', 'wilcoxon-normal'] as const),
      ...(['paired-bootstrap', 'stationary-bootstrap'] as const),
    ]),
  ),
  null,
)

export const comparisonSchema: Schema<Comparison> = v.object({
  baseline: text(),
  candidate: text(),
  metric: text(),
  difference: number(),
  interval: nullable(intervalSchema),
  test: testName,
  statistic: nullable(number()),
  pValue: nullable(number()),
  adjustedPValue: nullable(number()),
  verdict: v.picklist(['better', 'worse', 'no evidence of a difference', 'too few rows to tell']),
  rows: count(),
})

const luckSchema: Schema<PolicyLuck<string>> = v.object({
  policies: list(
    v.object({
      model: text(),
      probabilisticSharpe: nullable(number()),
      deflatedSharpe: nullable(number()),
    }),
  ),
  trials: count(),
  overfitting: nullable(v.object({ probability: number(), splits: count() })),
  windows: nullable(
    v.object({
      count: count(),
      averageRanks: list(v.object({ model: text(), rank: number() })),
      pValue: nullable(number()),
      criticalDifference: number(),
    }),
  ),
})

export const statisticsSchema: Schema<ReportStatistics> = v.object({
  seed: number(),
  baseline: nullable(text()),
  pairing: nullable(v.object({ rows: count(), sha256: text() })),
  methods: named(
    v.object({
      method: v.picklist(['bca', 'percentile', 'delong', 'stationary-bootstrap', 'wilson']),
      resamples: nullable(count()),
    }),
  ),
  tieGroups: list(list(text())),
  // Reports made before it was known do not have it.
  luck: v.optional(nullable(luckSchema), null),
  notes: list(text()),
  problem: nullable(text()),
})
