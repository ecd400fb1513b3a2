import type { RegressionAnswers } from '../core/metric'
import { surveyAnswers } from './survey-answers'

export interface RegressionReading {
  /** Null where any answer is not finite: no figure is made of such answers. */
  readonly answers: RegressionAnswers | null
  readonly warnings: readonly string[]
}

/** One number per row becomes one predicted value per row. */
export function regressionAnswers(
  data: Float32Array | Float64Array,
  truth: Float64Array,
): RegressionReading {
  const { unusableRows, warnings } = surveyAnswers(data, 1)
  if (unusableRows > 0) return { answers: null, warnings }
  return { answers: { rows: truth.length, truth, predicted: data }, warnings }
}
