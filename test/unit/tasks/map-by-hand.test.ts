import { describe, expect, it } from 'vitest'
import type { ColumnInfo } from '../../../src/core/dataset'
import type { ModelInfo, ModelMapping } from '../../../src/core/model'
import { mapInputs } from '../../../src/tasks/map-inputs'
import { mapOutputs } from '../../../src/tasks/map-outputs'
import { makeModel, value } from './make-model'

const FEATURES: readonly ColumnInfo[] = [
  ...['p', 'q', 'r', 's'].map((name) => ({
    ...{ name, type: 'number' as const },
    ...{ missing: 0, distinct: 9 },
  })),
  { name: 'colour', type: 'text', missing: 0, distinct: 3 },
]
const MODEL = makeModel(
  'm',
  [value('a', 'float32', ['n', 2]), value('b', 'float32', ['n', 2])],
  [value('x', 'float32', ['n', 3]), value('y', 'float32', ['n', 3]), value('z', 'int64', ['n'])],
)

const mapped = (mapping: Partial<ModelMapping>, model: ModelInfo = MODEL): ModelInfo => ({
  ...model,
  mapping: { inputs: [], output: null, ...mapping },
})

function columnsOf(model: ModelInfo, features = FEATURES.slice(0, 4)) {
  const outcome = mapInputs(model, features, 4)
  if (!outcome.ok) return outcome.failure.message
  return outcome.value.inputs.map(({ input, columns }) => [input, columns.map(({ name }) => name)])
}

describe('a mapping by hand', () => {
  it('is asked for where names do not say it', () => {
    expect(columnsOf(MODEL)).toContain('no feature is named "a", "b"')
  })

  it('feeds inputs as told, the last one with the rest', () => {
    const a = { input: 'a', columns: ['s', 'p'] }
    expect(columnsOf(mapped({ inputs: [a] }))).toEqual([
      ['a', ['s', 'p']],
      ['b', ['q', 'r']],
    ])
    const b = { input: 'b', columns: ['p', 'q'] }
    expect(columnsOf(mapped({ inputs: [b, a] }))).toEqual([
      ['a', ['s', 'p']],
      ['b', ['p', 'q']],
    ])
  })

  it.each<[string, readonly string[], string]>([
    ['a', ['p'], 'wants float32 [n, 2] at "a", and the columns mapped to it give 1 number'],
    ['c', ['p'], 'has no input "c"; its inputs are "a", "b"'],
    ['a', ['p', '__proto__'], '"__proto__", mapped to "a" of m.onnx, is no feature'],
    ['a', ['p', 'colour'], 'the feature "colour" is text'],
  ])('of %j to %j fails with what is wrong', (input, columns, message) => {
    const others = input === 'a' ? [{ input: 'b', columns: ['q', 'r'] }] : []
    const model = mapped({ inputs: [{ input, columns }, ...others] })
    expect(columnsOf(model, [...FEATURES])).toContain(message)
  })

  it('names inputs that got nothing', () => {
    const three = makeModel('m', [...MODEL.inputs, value('c', 'float32', ['n'])], [])
    const model = mapped({ inputs: [{ input: 'a', columns: ['p', 'q'] }] }, three)
    expect(columnsOf(model)).toBe('Nothing is mapped to "b", "c" of m.onnx.')
  })
})

describe('an answer chosen by hand', () => {
  const inputs = { inputs: [], fixedBatch: null }
  const read = (output: string | null) =>
    mapOutputs('classification', mapped({ output }), inputs, 3)

  it('is asked for where two outputs are alike, and read', () => {
    expect(read(null)).toMatchObject({
      failure: {
        code: 'output-shape',
        message: expect.stringContaining(
          'several outputs that could be the answer: "x", "y"',
        ) as string,
        advice: expect.stringContaining('Mapping') as string,
      },
    })
    expect(read('y')).toMatchObject({ value: { binding: { kind: 'scores', output: 'y' } } })
    expect(read('z')).toMatchObject({ value: { binding: { kind: 'label', output: 'z' } } })
  })

  it('fails where there is no such output', () => {
    expect(read('w')).toMatchObject({ failure: { code: 'setting-invalid' } })
  })
})
