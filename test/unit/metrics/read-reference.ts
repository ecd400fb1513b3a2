import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type {
  ClassificationAnswers,
  MetricValue,
  RegressionAnswers,
} from '../../../src/core/metric'
import type { Curve } from '../../../src/core/report'

/** What `test/reference/make_metrics.py` writes; null stands for NaN in inputs. */
interface Reference {
  readonly classification: readonly ClassificationCase[]
  readonly regression: readonly RegressionCase[]
}

interface Case {
  readonly name: string
  readonly truth: readonly number[]
  readonly predicted: readonly (number | null)[]
  readonly expected: Readonly<Record<string, MetricValue>>
}

export interface ClassificationCase extends Case {
  readonly classes: number
  readonly probabilities: readonly (number | null)[] | null
  readonly confusion: readonly (readonly number[])[]
  readonly perClass: Readonly<Record<'precision' | 'recall' | 'f1' | 'support', readonly number[]>>
  readonly curves?: { readonly roc: Curve; readonly precisionRecall: Curve }
}

export interface RegressionCase extends Case {
  readonly ranks?: readonly number[] | null
  readonly histogram?: { readonly counts: readonly number[]; readonly edges: readonly number[] }
}

export const reference = JSON.parse(
  readFileSync(new URL('../../reference/metrics.expected.json', import.meta.url), 'utf8'),
) as Reference

export function classificationAnswers(entry: ClassificationCase): ClassificationAnswers {
  return {
    rows: entry.truth.length,
    classes: entry.classes,
    truth: Int32Array.from(entry.truth),
    predicted: Int32Array.from(entry.predicted, (value) => value ?? -1),
    probabilities: entry.probabilities === null ? null : floats(entry.probabilities),
  }
}

export function regressionAnswers(entry: RegressionCase): RegressionAnswers {
  return {
    rows: entry.truth.length,
    truth: floats(entry.truth),
    predicted: floats(entry.predicted),
  }
}

/** Equal to one part in 10⁹; null only where null is expected. */
export function expectFigure(actual: MetricValue | undefined, expected: MetricValue, name: string) {
  if (expected === null || actual === null || actual === undefined) {
    expect(actual, name).toBe(expected)
  } else {
    const distance = Math.abs(actual - expected)
    expect(distance, `${name}: ${String(actual)} for ${String(expected)}`).toBeLessThanOrEqual(
      1e-12 + 1e-9 * Math.abs(expected),
    )
  }
}

function floats(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? NaN)
}
