import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALLOWED_NAMES } from '../../../../src/models/pickle/allowed-names'
import { numpyArray } from '../../../../src/models/pickle/numpy-array'
import type { PickleObject, PickleValue } from '../../../../src/models/pickle/pickle-value'
import { readPickle } from '../../../../src/models/pickle/read-pickle'

const { arrays } = JSON.parse(
  readFileSync(new URL('../../../reference/pickles.numpy.json', import.meta.url), 'utf8'),
) as {
  readonly arrays: Readonly<
    Record<string, { pickles: string[]; shape: number[]; values: string[] }>
  >
}

function object(name: string, args: readonly PickleValue[]): PickleObject {
  return { kind: 'object', name, args, state: null, items: [], entries: new Map() }
}

describe('numpyArray', () => {
  it.each(Object.entries(arrays))(
    'reads %s in protocols 2 to 5',
    (_, { pickles, shape, values }) => {
      const expected = values.map((value) => Number(value.replace('inf', 'Infinity')))
      expect(pickles).toHaveLength(4)
      for (const text of pickles) {
        const bytes = new Uint8Array(Buffer.from(text, 'base64'))
        const value = readPickle(bytes, { allows: ALLOWED_NAMES.space, persistent: false })
        const array = numpyArray(value)
        expect(array?.shape).toEqual(shape)
        expect([...(array?.values ?? [])]).toEqual(expected)
      }
    },
  )

  it('F54 refuses an array whose shape is made of arrays, however deep, at once', () => {
    const array = (shape: PickleValue): PickleObject =>
      object('numpy.core.numeric._frombuffer', [
        new Uint8Array(8),
        object('numpy.dtype', ['f8']),
        shape,
        'C',
      ])
    // Reading each level twice would take 2^60 steps.
    let value = array([1])
    for (let level = 0; level < 60; level += 1) value = array([value, value])
    expect(() => numpyArray(value)).toThrow('impossible shape')
    const itself: PickleValue[] = []
    const endless = array(itself)
    itself.push(endless)
    expect(() => numpyArray(endless)).toThrow('impossible shape')
  })

  it.each([
    ['of more elements than there are', [2 ** 20, 2 ** 20], 'shape is not its size'],
    ['of more than a number can count', [2 ** 31, 2 ** 31, 2 ** 31], 'shape is not its size'],
    ['of a hundred thousand axes', Array.from({ length: 100_000 }, () => 1), '100000 axes'],
  ])('F54 refuses a shape %s before it is allocated', (_, shape, words) => {
    const value = object('numpy.core.numeric._frombuffer', [
      new Uint8Array(8),
      object('numpy.dtype', ['f8']),
      shape,
      'C',
    ])
    expect(() => numpyArray(value)).toThrow(words)
  })

  it('is null for what is no array', () => {
    expect(numpyArray('1')).toBeNull()
    expect(numpyArray([1])).toBeNull()
    expect(numpyArray(undefined)).toBeNull()
  })
})
