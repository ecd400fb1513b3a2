import type { RegressionAnswers } from '../core/metric'
import type { ModelDetails } from '../core/report'
import { residualHistogram } from './residual-histogram'

/** Rows shown as predicted against true. */
const SAMPLE_ROWS = 2000

/**
 * Residuals of one model as the report holds them: the histogram of all rows and at most 2,000
 * rows, evenly spaced over the data, the same for every model. Absent where a residual is not
 * finite or there are no rows.
 */
export function regressionDetails(answers: RegressionAnswers): ModelDetails {
  const histogram = residualHistogram(answers)
  if (histogram === null) return {}
  const size = Math.min(SAMPLE_ROWS, answers.rows)
  const sample = (values: Float32Array | Float64Array): number[] =>
    Array.from(
      { length: size },
      (_, index) => values[Math.floor((index * answers.rows) / size)] as number,
    )
  return {
    residuals: {
      ...histogram,
      truth: sample(answers.truth),
      predicted: sample(answers.predicted),
    },
  }
}
