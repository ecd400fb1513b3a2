import fc from 'fast-check'
import type { ClassificationAnswers, RegressionAnswers } from '../../../src/core/metric'

/**
 * Answers of 1 to 60 rows and 2 to 8 classes; scores are multiples of 1/8 before they are made to
 * sum to 1, so that ties, certainty and classes that never occur are common.
 */
export const randomClassification: fc.Arbitrary<ClassificationAnswers> = fc
  .record({ rows: fc.integer({ min: 1, max: 60 }), classes: fc.integer({ min: 2, max: 8 }) })
  .chain(({ rows, classes }) => {
    const classColumn = fc.array(fc.nat(classes - 1), { minLength: rows, maxLength: rows })
    const scores = fc.array(fc.nat(8), { minLength: rows * classes, maxLength: rows * classes })
    return fc.record({ truth: classColumn, predicted: classColumn, scores }).map((drawn) => ({
      rows,
      classes,
      truth: Int32Array.from(drawn.truth),
      predicted: Int32Array.from(drawn.predicted),
      probabilities: normalised(drawn.scores, classes),
    }))
  })

const anyFinite = fc.double({ noNaN: true, noDefaultInfinity: true })
const smallWhole = fc.integer({ min: -5, max: 5 })

/** Answers of 0 to 60 rows: whole numbers with many ties, or any finite float64 at all. */
export const randomRegression: fc.Arbitrary<RegressionAnswers> = fc
  .oneof(
    fc.array(fc.tuple(smallWhole, smallWhole), { maxLength: 60 }),
    fc.array(fc.tuple(anyFinite, anyFinite), { maxLength: 60 }),
  )
  .map((pairs) => ({
    rows: pairs.length,
    truth: Float64Array.from(pairs, ([truth]) => truth),
    predicted: Float64Array.from(pairs, ([, predicted]) => predicted),
  }))

function normalised(scores: readonly number[], classes: number): Float64Array {
  return Float64Array.from(scores, (score, index) => {
    const start = index - (index % classes)
    const sum = scores.slice(start, start + classes).reduce((total, value) => total + value, 0)
    return sum === 0 ? 1 / classes : score / sum
  })
}
