import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

type Row = readonly number[]
type Figures = Readonly<Record<string, number>>
type Intervals = Readonly<Record<string, readonly [number, number]>>

interface ResampledCase<Model> {
  readonly truth: readonly number[]
  readonly seed: number
  readonly resamples: number
  readonly models: readonly Model[]
  /** By model, then by resample. */
  readonly firstFigures: readonly (readonly Figures[])[]
  /** By model. */
  readonly intervals: readonly Intervals[]
  /** Of the second model minus the first. */
  readonly differences: Intervals
}

export interface ClassificationCase extends ResampledCase<{
  readonly predicted: readonly number[]
  readonly probabilities: readonly number[]
}> {
  readonly classes: number
}

export type RegressionCase = ResampledCase<{ readonly predicted: readonly number[] }>

/** What `test/reference/make_statistics.py` writes. */
interface StatisticsReference {
  readonly normal: { readonly values: readonly Row[]; readonly quantiles: readonly Row[] }
  readonly incompleteGamma: readonly Row[]
  readonly incompleteBeta: readonly Row[]
  readonly studentT: readonly Row[]
  readonly binomial: readonly Row[]
  readonly chiSquared: readonly Row[]
  readonly generator: readonly {
    readonly seed: number
    readonly words: Row
    readonly below: readonly Row[]
  }[]
  readonly mcnemar: readonly Row[]
  readonly delong: readonly {
    readonly truth: Row
    readonly first: Row
    readonly second: Row
    readonly areas: readonly [number, number]
    readonly covariance: readonly [readonly [number, number], readonly [number, number]]
    readonly z: number
    readonly p: number
  }[]
  readonly dieboldMariano: readonly {
    readonly differences: Row
    readonly horizon: number
    readonly statistic: number
    readonly p: number
  }[]
  readonly wilcoxon: readonly {
    readonly differences: Row
    readonly statistic: number
    readonly p: number
    readonly isExact: boolean
  }[]
  readonly holm: readonly (readonly [Row, Row])[]
  readonly classification: readonly ClassificationCase[]
  readonly regression: readonly RegressionCase[]
}

export const statisticsReference = JSON.parse(
  readFileSync(new URL('../../reference/statistics.expected.json', import.meta.url), 'utf8'),
) as StatisticsReference

/** Equal in relation to the expected value, so that far tails count as much as the middle. */
export function expectClose(
  actual: number | null | undefined,
  expected: number,
  relative: number,
  name: string,
) {
  const distance = Math.abs((actual ?? NaN) - expected)
  expect(distance, `${name}: ${String(actual)} for ${String(expected)}`).toBeLessThanOrEqual(
    relative * Math.abs(expected),
  )
}
