import * as v from 'valibot'
import type { Comparison, ReportStatistics } from '../core/comparison'
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

export const statisticsSchema: Schema<ReportStatistics> = v.object({
  seed: number(),
  baseline: nullable(text()),
  pairing: nullable(v.object({ rows: count(), sha256: text() })),
  methods: named(
    v.object({
      method: v.picklist(['bca', 'percentile', 'delong', 'stationary-bootstrap']),
      resamples: nullable(count()),
    }),
  ),
  tieGroups: list(list(text())),
  notes: list(text()),
  problem: nullable(text()),
})
