import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClassificationAnswers, MetricValue } from '../../../src/core/metric'
import { accuracy } from '../../../src/metrics/accuracy'
import { balancedAccuracy } from '../../../src/metrics/balanced-accuracy'
import {
  classificationMetrics,
  DEFAULT_CLASSIFICATION_METRIC,
} from '../../../src/metrics/classification-metrics'
import { classificationShared } from '../../../src/metrics/classification-shared'
import { f1Micro } from '../../../src/metrics/f1-micro'
import { logLoss } from '../../../src/metrics/log-loss'
import { recallMacro } from '../../../src/metrics/recall-macro'
import { rocAuc } from '../../../src/metrics/roc-auc'
import { top5Accuracy } from '../../../src/metrics/top5-accuracy'
import { randomClassification } from './random-answers'
import { classificationAnswers, expectFigure, reference } from './read-reference'

const IDS =
  'accuracy balancedAccuracy precisionMacro recallMacro f1Macro f1Micro f1Weighted mcc ' +
  'cohenKappa logLoss brier rocAuc prAuc top5Accuracy ece'

function figures(answers: ClassificationAnswers): Record<string, MetricValue> {
  const shared = classificationShared(answers)
  return Object.fromEntries(
    classificationMetrics.map(({ id, compute }) => [id, compute(answers, shared)]),
  )
}

describe('classificationMetrics', () => {
  it('holds every id of the report, in its order, and a default among them', () => {
    expect(classificationMetrics.map(({ id }) => id).join(' ')).toBe(IDS)
    expect(IDS.split(' ')).toContain(DEFAULT_CLASSIFICATION_METRIC)
  })

  it.each(reference.classification)('agrees with scikit-learn: $name', (entry) => {
    const actual = figures(classificationAnswers(entry))
    for (const id of IDS.split(' ')) expectFigure(actual[id], entry.expected[id] ?? null, id)
  })

  it('is null for every metric without rows', () => {
    const none = new Int32Array(0)
    const empty = { rows: 0, classes: 7, truth: none, predicted: none }
    const answers = { ...empty, probabilities: new Float64Array(0) }
    expect(Object.values(figures(answers))).toEqual(classificationMetrics.map(() => null))
  })

  it('gives each metric alone what it gives with shared parts', () => {
    const entry = reference.classification.find(({ classes }) => classes === 10)
    const answers = classificationAnswers(entry ?? expect.fail('no case of 10 classes'))
    const shared = classificationShared(answers)
    expect(rocAuc(answers)).toBe(rocAuc(answers, shared))
    expect(accuracy(answers)).toBe(accuracy(answers, shared))
    expect(shared.confusion).toBe(shared.confusion)
    expect(shared.curves).toBe(shared.curves)
  })

  it('stays finite and within its bounds', () => {
    const bounds: Record<string, [number, number]> = {
      mcc: [-1, 1],
      cohenKappa: [-1, 1],
      logLoss: [0, -Math.log(1e-15)],
      brier: [0, 2],
    }
    fc.assert(
      fc.property(randomClassification, (answers) => {
        for (const [id, value] of Object.entries(figures(answers))) {
          if (value === null) continue
          const [low, high] = bounds[id] ?? [0, 1]
          expect(value, id).toBeGreaterThanOrEqual(low - 1e-12)
          expect(value, id).toBeLessThanOrEqual(high + 1e-12)
        }
      }),
    )
  })

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(randomClassification, fc.nat(), (answers, seed) => {
        const expected = figures(answers)
        const actual = figures(reorderRows(answers, seed))
        for (const id of IDS.split(' ')) expectFigure(actual[id], expected[id] ?? null, id)
      }),
    )
  })

  it('does not depend on the order of more than two classes, where no scores tie', () => {
    const entry = reference.classification.find(({ name }) => name === '7 classes, overconfident')
    const answers = classificationAnswers(entry ?? expect.fail('case absent'))
    const expected = figures(answers)
    const actual = figures(reverseClasses(answers))
    for (const id of IDS.split(' ').filter((name) => name !== 'top5Accuracy')) {
      expectFigure(actual[id], expected[id] ?? null, id)
    }
  })
})

describe('identities', () => {
  it('swapping two classes keeps the area under the ROC curve', () => {
    fc.assert(
      fc.property(randomClassification, (answers) => {
        fc.pre(answers.classes === 2)
        expectFigure(rocAuc(reverseClasses(answers)), rocAuc(answers), 'rocAuc')
      }),
    )
  })

  it('the area under the ROC curve counts pairs, ties one half', () => {
    fc.assert(
      fc.property(randomClassification, (answers) => {
        fc.pre(answers.classes === 2)
        expectFigure(rocAuc(answers), shareOfPairs(answers), 'rocAuc')
      }),
    )
  })

  it('micro F1 is accuracy', () => {
    fc.assert(
      fc.property(randomClassification, (answers) => {
        expectFigure(f1Micro(answers), accuracy(answers), 'f1Micro')
      }),
    )
  })

  it('balanced accuracy is macro recall unless a class is only answered', () => {
    fc.assert(
      fc.property(randomClassification, (answers) => {
        const { truthTotals, predictedTotals } = classificationShared(answers).confusion
        const isStray = predictedTotals.some(
          (count, index) => count > 0 && truthTotals[index] === 0,
        )
        const difference = (balancedAccuracy(answers) ?? 0) - (recallMacro(answers) ?? 0)
        if (isStray) expect(difference).toBeGreaterThanOrEqual(0)
        else expect(Math.abs(difference)).toBeLessThan(1e-12)
      }),
    )
  })

  it('top-5 accuracy puts the higher class first among equal scores', () => {
    const probabilities = new Float64Array(6).fill(1 / 6)
    const hit = (truth: number) =>
      top5Accuracy({
        rows: 1,
        classes: 6,
        truth: Int32Array.of(truth),
        predicted: Int32Array.of(0),
        probabilities,
      })
    expect([0, 1, 5].map(hit)).toEqual([0, 1, 1])
  })

  it('log loss of a coin is ln 2', () => {
    const answers = {
      rows: 2,
      classes: 2,
      truth: Int32Array.of(0, 1),
      predicted: Int32Array.of(0, 0),
      probabilities: new Float64Array(4).fill(0.5),
    }
    expect(logLoss(answers)).toBeCloseTo(Math.LN2, 14)
  })
})

function reorderRows(answers: ClassificationAnswers, seed: number): ClassificationAnswers {
  const { rows, classes, truth, predicted, probabilities } = answers
  const order = Array.from({ length: rows }, (_, row) => row)
  let state = seed % 2147483647
  for (let last = rows - 1; last > 0; last -= 1) {
    state = (state * 48271 + 1) % 2147483647
    const other = state % (last + 1)
    ;[order[last], order[other]] = [order[other] as number, order[last] as number]
  }
  return {
    rows,
    classes,
    truth: Int32Array.from(order, (row) => truth[row] as number),
    predicted: Int32Array.from(order, (row) => predicted[row] as number),
    probabilities:
      probabilities &&
      Float64Array.from(
        order.flatMap((row) => [...probabilities.slice(row * classes, (row + 1) * classes)]),
      ),
  }
}

function reverseClasses(answers: ClassificationAnswers): ClassificationAnswers {
  const { rows, classes, truth, predicted, probabilities } = answers
  return {
    rows,
    classes,
    truth: truth.map((value) => classes - 1 - value),
    predicted: predicted.map((value) => classes - 1 - value),
    probabilities:
      probabilities &&
      probabilities.map((_, index) => {
        const row = Math.floor(index / classes)
        return probabilities[row * classes + (classes - 1 - (index % classes))] as number
      }),
  }
}

function shareOfPairs({ rows, truth, probabilities }: ClassificationAnswers): MetricValue {
  const score = (row: number) => probabilities?.[row * 2 + 1] ?? NaN
  let [pairs, won] = [0, 0]
  for (let positive = 0; positive < rows; positive += 1) {
    for (let negative = 0; negative < rows; negative += 1) {
      if (truth[positive] !== 1 || truth[negative] !== 0) continue
      pairs += 1
      won += (1 + Math.sign(score(positive) - score(negative))) / 2
    }
  }
  return pairs === 0 ? null : won / pairs
}
