import { describe, expect, it } from 'vitest'
import { checkMappings } from '../../../src/state/check-mappings'
import { makeModel, value } from '../tasks/make-model'

const tensors = (...names: string[]) => names.map((name) => value(name, 'float32', ['n', 1]))
const MODELS = [
  makeModel('m', tensors('a', 'serving:0', 'a=b'), tensors('y')),
  makeModel('m:2', tensors('a'), tensors('y', 'z')),
]

function check(maps: readonly string[], outputs: readonly string[] = []) {
  const outcome = checkMappings({ maps, outputs }, MODELS)
  return outcome.ok ? outcome.value : outcome.failure.message
}

describe('checkMappings', () => {
  it('reads inputs and outputs of models by either name', () => {
    expect(check(['m:a=p,"q,r"', 'm.onnx:serving:0=s'], ['m:2:z', 'm:y'])).toEqual([
      { model: 'm:2', inputs: [], output: 'z' },
      {
        model: 'm',
        inputs: [
          { input: 'a', columns: ['p', 'q,r'] },
          { input: 'serving:0', columns: ['s'] },
        ],
        output: 'y',
      },
    ])
  })

  it('takes the longest name that fits, and the last word on an input', () => {
    expect(check(['m:a=b=p', 'm:2:a=p', 'm:2:a=q'])).toEqual([
      { model: 'm', inputs: [{ input: 'a=b', columns: ['p'] }], output: null },
      { model: 'm:2', inputs: [{ input: 'a', columns: ['q'] }], output: null },
    ])
  })

  it.each([
    [['n:a=p'], [], '--map names no model that is here: "n:a=p".'],
    [['m:c=p'], [], '--map names no input of the model: "c=p".'],
    [['m:a='], [], '--map gives "a" no columns.'],
    [[], ['m:x'], '--output names no output of the model: "x".'],
  ])('refuses %j and %j', (maps, outputs, message) => {
    expect(check(maps, outputs)).toBe(message)
  })
})
