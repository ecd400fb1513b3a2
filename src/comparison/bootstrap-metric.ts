import type { Interval } from '../core/comparison'
import { bcaInterval, percentileInterval } from '../statistics/bootstrap-interval'
import { bootstrapTest } from '../statistics/bootstrap-test'
import { meanAcceleration } from '../statistics/mean-acceleration'
import type { NamedTest, PairedMetric } from './paired-metric'

/** A metric that is a mean over the rows: its intervals are BCa, others' percentiles. */
export interface RowMeans {
  readonly rows: number
  /** By model: the mean, summed as the resamples sum theirs. */
  readonly estimates: readonly number[]
  value(model: number, row: number): number
}

export interface BootstrapFigures {
  readonly id: string
  readonly resamples: number
  /** By model: one figure per resample; null for a model without the metric. */
  readonly figures: readonly (Float64Array | null)[]
  readonly means: RowMeans | null
  /** The test that fits the metric; where there is none, or it cannot be made, the bootstrap's. */
  readonly test?: (first: number, second: number) => NamedTest | null
}

/** Intervals and tests of a metric from the figures of shared resamples. */
export function bootstrapMetric(parts: BootstrapFigures): PairedMetric {
  const { id, resamples, figures, means, test } = parts
  return {
    id,
    method: { method: means === null ? 'percentile' : 'bca', resamples },
    interval: (model) => {
      const column = figures[model] ?? null
      if (column === null || means === null) return column && percentileInterval(column)
      const value = (row: number) => means.value(model, row)
      return meanInterval(column, means.estimates[model] ?? NaN, means.rows, value)
    },
    differenceInterval: (first, second) => {
      const differences = differencesOf(figures, first, second)
      if (differences === null || means === null)
        return differences && percentileInterval(differences)
      const estimate = (means.estimates[second] ?? NaN) - (means.estimates[first] ?? NaN)
      const value = (row: number) => means.value(second, row) - means.value(first, row)
      return meanInterval(differences, estimate, means.rows, value)
    },
    test: (first, second) => {
      const fitting = test?.(first, second) ?? null
      if (fitting !== null && fitting.pValue !== null) return fitting
      const differences = differencesOf(figures, first, second)
      return differences && { test: 'paired-bootstrap', ...bootstrapTest(differences) }
    },
  }
}

function meanInterval(
  figures: Float64Array,
  estimate: number,
  rows: number,
  value: (row: number) => number,
): Interval | null {
  return bcaInterval(figures, estimate, meanAcceleration(rows, value))
}

function differencesOf(
  figures: BootstrapFigures['figures'],
  first: number,
  second: number,
): Float64Array | null {
  const [one, other] = [figures[first] ?? null, figures[second] ?? null]
  if (one === null || other === null) return null
  return other.map((figure, resample) => figure - (one[resample] as number))
}
