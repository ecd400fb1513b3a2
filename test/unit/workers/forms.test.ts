import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { modelAnswers, worstDifference } from './model-answers'

/** What ONNX Runtime answers to iris.csv; see test/fixtures/make_forms.py. */
const expected = JSON.parse(
  readFileSync(new URL('../../fixtures/forms/expected.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly (readonly number[])[]>>

const answersOf = (name: string, companions: readonly string[] = [], data = 'iris.csv') =>
  modelAnswers(
    `forms/${name}`,
    data,
    companions.map((file) => `forms/${file}`),
  )

describe('one classifier in every form', () => {
  it.each<[string, readonly string[], number]>([
    ['plain.onnx', [], 1e-6],
    ['plain.ort', [], 1e-6],
    ['external.onnx', ['weights.bin'], 1e-6],
    ['scattered.onnx', ['parts/out', 'hidden'], 1e-6],
    // The kernels of the machine that made the fixture round at other places.
    ['half.onnx', [], 1e-3],
    ['qdq.onnx', [], 1e-2],
    ['qoperator.onnx', [], 1e-2],
  ])('%s answers as ONNX Runtime does', async (name, companions, tolerance) => {
    const { answers, labels } = await answersOf(name, companions)
    expect(labels?.classes).toEqual(['setosa', 'versicolor', 'virginica'])
    expect(worstDifference(answers, expected[name] ?? [])).toBeLessThan(tolerance)
  })

  it('feeds int8', async () => {
    const { answers, binding } = await answersOf('int8_input.onnx', [], 'forms/tenths.csv')
    expect(binding.inputs[0]?.type).toBe('int8')
    expect(worstDifference(answers, expected['int8_input.onnx'] ?? [])).toBeLessThan(2e-6)
  })
})
