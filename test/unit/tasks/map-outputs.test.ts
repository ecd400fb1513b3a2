import { describe, expect, it } from 'vitest'
import type { Dimension, ModelInfo, ValueInfo } from '../../../src/core/model'
import { mapInputs, type InputMapping } from '../../../src/tasks/map-inputs'
import { mapOutputs } from '../../../src/tasks/map-outputs'
import { makeModel, value } from './make-model'

function model(
  outputs: readonly ValueInfo[],
  classLabels: readonly string[] | null = null,
  inputShape: readonly Dimension[] = ['n', 2],
): ModelInfo {
  return makeModel('m', [value('x', 'float32', inputShape)], outputs, classLabels)
}

function inputsOf(subject: ModelInfo): InputMapping {
  const features = ['a', 'b'].map((name) => ({
    name,
    type: 'number' as const,
    missing: 0,
    distinct: 9,
  }))
  const outcome = mapInputs(subject, features, 2)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

function map(kind: 'classification' | 'regression', subject: ModelInfo, classes = 3) {
  return mapOutputs(kind, subject, inputsOf(subject), classes)
}

function binding(outcome: ReturnType<typeof map>) {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value.binding
}

const label = value('label', 'int64', ['n'])
const probabilities = value('probabilities', 'float32', ['n', 3])

describe('mapOutputs for classification', () => {
  it.each<[ValueInfo, string, number]>([
    [value('y', 'float32', ['n', 3]), 'scores', 3],
    [value('y', 'float64', ['n', 3, 1, 1]), 'scores', 3],
    [value('y', 'float16', [1, 3]), 'scores', 3],
    [value('y', 'float32', ['n', 1]), 'binary', 1],
    [value('y', 'float32', ['n']), 'binary', 1],
    [value('y', 'int64', ['n']), 'label', 1],
    [value('y', 'string', ['n', 1]), 'label', 1],
    [value('y', 'bool', ['n']), 'label', 1],
    [value('y', 'float32', ['n', 'k']), 'scores', 3],
    [value('y', 'float32', null), 'scores', 3],
  ])('reads %j as %s', (output, kind, width) => {
    expect(binding(map('classification', model([output])))).toEqual({ kind, output: 'y', width })
  })

  it('takes the width that the model names where the shape is unknown', () => {
    const subject = model([value('y', 'float32', [null, null])], ['a', 'b', 'c', 'd'])
    expect(binding(map('classification', subject)).width).toBe(4)
  })

  it('reads outputs of models without a batch axis or with a batch of one', () => {
    const flat = model([value('y', 'float32', [3])], null, [2])
    expect(binding(map('classification', flat))).toMatchObject({ kind: 'scores', width: 3 })
    const one = model([value('y', 'float32', [3])], null, [1, 2])
    expect(binding(map('classification', one))).toMatchObject({ kind: 'scores', width: 3 })
  })

  it('prefers scores over labels and says nothing of it', () => {
    const outcome = map('classification', model([label, probabilities]))
    expect(outcome).toMatchObject({ ok: true, value: { warnings: [] } })
    expect(binding(outcome).output).toBe('probabilities')
  })

  it('prefers labels over an embedding and over a lone score of three classes', () => {
    for (const other of [
      value('hidden', 'float32', ['n', 128]),
      value('margin', 'float32', ['n', 1]),
    ]) {
      expect(binding(map('classification', model([other, label]))).output).toBe('label')
    }
  })

  it('picks among several by shape, then by name, and says so', () => {
    const byShape = map(
      'classification',
      model([value('h', 'float32', ['n', 8]), value('o', 'float32', ['n', 3])]),
    )
    expect(binding(byShape).output).toBe('o')
    const byName = map(
      'classification',
      model([value('raw', 'float32', ['n', 3]), value('softmax', 'float32', ['n', 3])]),
    )
    expect(byName).toMatchObject({
      value: {
        binding: { output: 'softmax' },
        warnings: ['m.onnx: the output "softmax" is read, "raw" left aside.'],
      },
    })
  })

  it('does not guess between equals', () => {
    const outcome = map(
      'classification',
      model([value('a', 'float32', ['n', 3]), value('b', 'float32', ['n', 3])]),
    )
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'output-shape' } })
    if (!outcome.ok) expect(outcome.failure.message).toContain('"a", "b"')
  })

  it('skips a ZipMap and says that the label is used', () => {
    const zipMap = value('output_probability', 'other', null, false)
    const outcome = map('classification', model([value('output_label', 'int64', ['n']), zipMap]))
    expect(binding(outcome)).toMatchObject({ kind: 'label', output: 'output_label' })
    if (outcome.ok) expect(outcome.value.warnings[0]).toMatch(/ZipMap.*"output_label" is used/)
  })

  it.each([
    [value('y', 'float32', ['n', 4, 5])],
    [value('y', 'int64', ['n', 4])],
    [value('y', 'float32', [7, 3])],
    [value('y', 'other', null, false)],
  ])('refuses %j', (output) => {
    const outcome = map('classification', model([output]))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'output-shape' } })
  })
})

describe('mapOutputs for regression', () => {
  it.each([[['n']], [['n', 1]], [['n', 'one']]])('reads one float per row: %j', (shape) => {
    const subject = model([value('y', 'float32', shape)])
    expect(binding(map('regression', subject))).toEqual({ kind: 'value', output: 'y', width: 1 })
  })

  it('refuses several numbers per row and labels', () => {
    for (const output of [probabilities, label]) {
      const outcome = map('regression', model([output]))
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'output-shape' } })
    }
  })

  it('goes by name among several', () => {
    const two = [value('aux', 'float32', ['n', 1]), value('prediction', 'float32', ['n', 1])]
    expect(binding(map('regression', model(two))).output).toBe('prediction')
  })
})
