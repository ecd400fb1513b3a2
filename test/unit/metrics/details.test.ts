import { describe, expect, it } from 'vitest'
import { classificationDetails } from '../../../src/metrics/classification-details'
import { regressionDetails } from '../../../src/metrics/regression-details'
import { classificationAnswers, reference, regressionAnswers } from './read-reference'

describe('classificationDetails', () => {
  it('holds matrix, labelled curves, calibration and scores', () => {
    const entry = reference.classification.find(({ name }) => name === '3 classes, 2,000 rows')
    const answers = classificationAnswers(entry ?? expect.fail('case absent'))
    const details = classificationDetails(answers, ['ant', 'bee', 'fly'])
    expect(details.confusion).toEqual(entry?.confusion)
    expect(details.roc?.map(({ label }) => label)).toEqual(['ant', 'bee', 'fly'])
    expect(details.precisionRecall?.map(({ label }) => label)).toEqual(['ant', 'bee', 'fly'])
    expect(details.scores?.map(({ label }) => label)).toEqual(['ant', 'bee', 'fly'])
    expect(details.scores?.[1]?.ofClass).toHaveLength(20)
    expect(details.calibration?.counts.reduce((sum, count) => sum + count, 0)).toBe(answers.rows)
  })

  it('holds the matrix alone for labels alone', () => {
    const entry = reference.classification.find(({ name }) => name === '3 classes, labels only')
    const answers = classificationAnswers(entry ?? expect.fail('case absent'))
    expect(Object.keys(classificationDetails(answers, []))).toEqual(['confusion'])
  })

  it('leaves out the matrix of very many classes', () => {
    const classes = 201
    const truth = Int32Array.of(200)
    const answers = { rows: 1, classes, truth, predicted: truth, probabilities: null }
    expect(classificationDetails(answers, [])).toEqual({})
  })
})

describe('regressionDetails', () => {
  it('samples at most 2,000 rows, evenly', () => {
    const rows = 5000
    const truth = Float64Array.from({ length: rows }, (_, row) => row)
    const { residuals } = regressionDetails({ rows, truth, predicted: truth.map((v) => v + 1) })
    expect(residuals?.truth).toHaveLength(2000)
    expect(residuals?.truth.slice(0, 4)).toEqual([0, 2, 5, 7])
    expect(residuals?.predicted.slice(0, 4)).toEqual([1, 3, 6, 8])
  })

  it('keeps all of fewer rows, and nothing of a NaN answer', () => {
    const [small, odd] = ['negative values', 'a NaN answer'].map((wanted) =>
      regressionAnswers(
        reference.regression.find(({ name }) => name === wanted) ?? expect.fail(wanted),
      ),
    )
    expect(regressionDetails(small ?? expect.fail()).residuals?.truth).toEqual([-3, -1.5, 2, 4])
    expect(regressionDetails(odd ?? expect.fail())).toEqual({})
  })
})
