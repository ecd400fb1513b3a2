import { describe, expect, it } from 'vitest'
import { confusionMatrix, MAX_CELL_CLASSES } from '../../../src/metrics/confusion-matrix'
import { perClass } from '../../../src/metrics/per-class'
import { classificationAnswers, expectFigure, reference } from './read-reference'

describe('confusionMatrix', () => {
  it.each(reference.classification)('agrees with scikit-learn: $name', (entry) => {
    const { cells, correct, truthTotals, predictedTotals } = confusionMatrix(
      classificationAnswers(entry),
    )
    expect(Array.from(cells ?? [])).toEqual(entry.confusion.flat())
    expect(Array.from(correct)).toEqual(entry.confusion.map((row, index) => row[index]))
    expect(Array.from(truthTotals)).toEqual(entry.perClass.support)
    expect(predictedTotals.reduce((sum, count) => sum + count, 0)).toBe(entry.truth.length)
  })

  it.each([-1, 2])('refuses class %i of 2', (stray) => {
    const answers = {
      rows: 2,
      classes: 2,
      truth: Int32Array.of(0, 1),
      predicted: Int32Array.of(0, stray),
      probabilities: null,
    }
    expect(() => confusionMatrix(answers)).toThrow('Row 1 names class')
  })

  it('keeps the margins alone where cells would grow too many', () => {
    const classes = MAX_CELL_CLASSES + 1
    const last = Int32Array.of(classes - 1)
    const answers = { rows: 1, classes, truth: last, predicted: last, probabilities: null }
    const { cells, correct } = confusionMatrix(answers)
    expect(cells).toBeNull()
    expect(correct[classes - 1]).toBe(1)
  })
})

describe('perClass', () => {
  it.each(reference.classification)('agrees with scikit-learn: $name', (entry) => {
    const answers = classificationAnswers(entry)
    perClass(confusionMatrix(answers)).forEach((row, index) => {
      const isAbsent = !entry.truth.includes(index) && !entry.predicted.includes(index)
      expect(row.support).toBe(entry.perClass.support[index])
      for (const id of ['precision', 'recall', 'f1'] as const) {
        expectFigure(row[id], isAbsent ? null : (entry.perClass[id][index] ?? null), id)
      }
    })
  })

  it('names classes by their labels', () => {
    const one = Int32Array.of(0)
    const confusion = confusionMatrix({
      rows: 1,
      classes: 2,
      truth: one,
      predicted: one,
      probabilities: null,
    })
    expect(perClass(confusion, ['cat', 'dog']).map(({ label }) => label)).toEqual(['cat', 'dog'])
  })
})
