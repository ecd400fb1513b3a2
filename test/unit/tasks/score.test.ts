import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutputBinding } from '../../../src/core/task'
import { predictLabels } from '../../../src/tasks/predict-labels'
import { softmaxRows } from '../../../src/tasks/predict-scores'
import { taskOf } from '../../../src/tasks/task-registry'

const SOURCE = 'As sorted.'

function classify(
  output: Pick<OutputBinding, 'kind' | 'width'>,
  data: Float32Array | Float64Array | readonly string[],
  truth: readonly number[],
  classes: readonly string[],
) {
  const outcome = taskOf('classification').score({
    modelId: 'm',
    rows: truth.length,
    output: { ...output, output: 'y' },
    data,
    targets: { kind: 'classification', classes: Int32Array.from(truth) },
    labels: { classes, source: SOURCE },
  })
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

function regress(data: Float32Array, truth: readonly number[]) {
  return taskOf('regression').score({
    modelId: 'm',
    rows: truth.length,
    output: { kind: 'value', output: 'y', width: 1 },
    data,
    targets: { kind: 'regression', values: Float64Array.from(truth) },
    labels: null,
  })
}

const TWO = { kind: 'scores', width: 2 } as const
const BINARY = { kind: 'binary', width: 1 } as const
const LABEL = { kind: 'label', width: 1 } as const

describe('score of a classification', () => {
  it('uses probabilities as they are', () => {
    const scores = classify(TWO, Float64Array.of(0.8, 0.2, 0.4, 0.6), [0, 1], ['a', 'b'])
    expect(scores.metrics.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 12)
    expect(scores).toMatchObject({ notes: [SOURCE], warnings: [] })
  })

  it('softmaxes logits, and says so', () => {
    const scores = classify(TWO, Float64Array.of(2, 0, -1000, 1000), [0, 1], ['a', 'b'])
    expect(scores.metrics.logLoss).toBeCloseTo(Math.log(1 + Math.exp(-2)) / 2, 12)
    expect(scores.notes[0]).toContain('logits')
    // Within 0 to 1, but no distribution.
    const loose = classify(TWO, Float64Array.of(0.9, 0.2, 0.1, 0.6), [0, 1], ['a', 'b'])
    expect(loose.notes[0]).toContain('logits')
  })

  it('answers the first of equal scores', () => {
    const { details } = classify(TWO, Float32Array.of(0.5, 0.5, 0.5, 0.5), [0, 1], ['a', 'b'])
    expect(details.confusion).toEqual([
      [1, 0],
      [1, 0],
    ])
    for (const tie of [Float32Array.of(0.5, 1), Float32Array.of(0, 7)]) {
      expect(classify(BINARY, tie, [0, 1], ['a', 'b']).metrics.accuracy).toBe(1)
    }
  })

  it('reads a lone score as the probability of the second class, or its logit', () => {
    const probability = classify(BINARY, Float64Array.of(0.9, 0.3), [1, 0], ['a', 'b'])
    expect(probability.metrics).toMatchObject({ accuracy: 1 })
    expect(probability.metrics.logLoss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.7)) / 2, 12)
    const logit = classify(BINARY, Float64Array.of(0.4, -800), [1, 0], ['a', 'b'])
    expect(logit.metrics).toMatchObject({ accuracy: 1 })
    expect(logit.metrics.logLoss).toBeCloseTo(Math.log(1 + Math.exp(-0.4)) / 2, 12)
    expect(logit.notes[0]).toContain('logits')
  })

  it('maps integer and text labels; metrics of scores are null', () => {
    for (const data of [Float64Array.of(7, 5, 5), ['7', '5.0', '5']]) {
      const { metrics, details } = classify(LABEL, data, [1, 0, 1], ['5', '7'])
      expect(metrics.accuracy).toBeCloseTo(2 / 3, 12)
      expect(metrics).toMatchObject({ logLoss: null, rocAuc: null, ece: null })
      expect(details.confusion).toEqual([
        [1, 0],
        [1, 1],
      ])
    }
  })

  it('counts foreign labels as wrong classes of their own, as scikit-learn does', () => {
    const scores = classify(LABEL, ['a', 'z', 'b', 'q'], [0, 0, 1, 1], ['a', 'b'])
    // f1_score(['a','a','b','b'], ['a','z','b','q'], average='macro')
    expect(scores.metrics.f1Macro).toBeCloseTo(1 / 3, 12)
    expect(scores.metrics.accuracy).toBe(0.5)
    expect(scores.perClass?.map(({ label, support }) => [label, support])).toEqual([
      ['a', 2],
      ['b', 2],
      ['z', 0],
      ['q', 0],
    ])
    expect(scores.warnings[0]).toBe(
      '2 rows of 4 got a label that the data does not have; they count as wrong.',
    )
  })

  it('reads whole numbers as positions where the classes are texts', () => {
    const scores = classify(LABEL, Float64Array.of(1, 0), [1, 0], ['no', 'yes'])
    expect(scores.metrics.accuracy).toBe(1)
    expect(scores.notes[0]).toContain('i-th class')
  })

  it.each([NaN, Infinity, -Infinity])('D32 makes no figure of %d', (bad) => {
    const scores = classify(TWO, Float32Array.of(1, 0, bad, 0, 0, 1), [0, 1, 1], ['a', 'b'])
    expect(new Set(Object.values(scores.metrics))).toEqual(new Set([null]))
    expect(Object.keys(scores.metrics)).toContain('accuracy')
    expect(scores).toMatchObject({ perClass: null, details: {} })
    expect(scores.warnings[0]).toContain('1 row of 3')
  })

  it('warns of answers that are all alike or all zero', () => {
    const alike = classify(TWO, Float32Array.of(1, 0, 1, 0), [0, 1], ['a', 'b'])
    expect(alike.warnings).toContain('Every row got the same answer.')
    const zero = classify(TWO, new Float32Array(4), [0, 1], ['a', 'b'])
    expect(zero.warnings).toContain('Every answer is zero.')
    const label = classify(LABEL, ['a', 'a'], [0, 1], ['a', 'b'])
    expect(label.warnings).toContain('Every row got the same answer.')
  })

  it('leaves the confusion matrix of very many classes out', () => {
    const classes = Array.from({ length: 201 }, (_, i) => String(i))
    const scores = classify(LABEL, ['0', '200'], [0, 200], classes)
    expect(scores.metrics.accuracy).toBe(1)
    expect(scores.details.confusion).toBeUndefined()
  })
})

describe('softmaxRows', () => {
  it('gives rows that sum to one, whatever the finite logits', () => {
    const logits = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(logits, { maxLength: 30 }),
        (width, list) => {
          const data = Float64Array.from(list.slice(0, list.length - (list.length % width)))
          const probabilities = softmaxRows(data, width)
          for (let start = 0; start < data.length; start += width) {
            const row = probabilities.subarray(start, start + width)
            expect(row.every((p) => p >= 0 && p <= 1)).toBe(true)
            expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
          }
        },
      ),
    )
  })
})

describe('predictLabels', () => {
  it('bounds the foreign labels that it keeps', () => {
    const data = Array.from({ length: 5000 }, (_, i) => `foreign ${String(i)}`)
    const { foreignLabels, foreignRows, predicted } = predictLabels(data, ['a'])
    expect(foreignRows).toBe(5000)
    expect(foreignLabels).toHaveLength(101)
    expect(Math.max(...predicted)).toBe(101)
  })

  it('knows classes called like properties', () => {
    const { predicted, foreignRows } = predictLabels(
      ['__proto__', 'constructor'],
      ['constructor', '__proto__'],
    )
    expect([...predicted]).toEqual([1, 0])
    expect(foreignRows).toBe(0)
  })
})

describe('score of a regression', () => {
  it('gives metrics and residuals', () => {
    const outcome = regress(Float32Array.of(1, 2, 5), [1, 3, 3])
    expect(outcome).toMatchObject({ ok: true, value: { perClass: null, warnings: [] } })
    if (!outcome.ok) return
    expect(outcome.value.metrics.mae).toBeCloseTo(1, 12)
    expect(outcome.value.metrics.rmse).toBeCloseTo(Math.sqrt(5 / 3), 12)
    expect(outcome.value.details.residuals?.predicted).toEqual([1, 2, 5])
  })

  it('D32 makes no figure of NaN', () => {
    const outcome = regress(Float32Array.of(1, NaN), [1, 3])
    expect(outcome).toMatchObject({ value: { metrics: { mae: null, r2: null }, details: {} } })
  })

  it('refuses answers that do not belong to the targets', () => {
    const outcome = taskOf('regression').score({
      modelId: 'm',
      rows: 1,
      output: { kind: 'label', output: 'y', width: 1 },
      data: ['a'],
      targets: { kind: 'regression', values: Float64Array.of(1) },
      labels: null,
    })
    expect(outcome).toMatchObject({ failure: { code: 'internal' } })
  })
})
