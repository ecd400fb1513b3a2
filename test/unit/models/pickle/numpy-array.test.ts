import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALLOWED_NAMES } from '../../../../src/models/pickle/allowed-names'
import { numpyArray } from '../../../../src/models/pickle/numpy-array'
import { readPickle } from '../../../../src/models/pickle/read-pickle'

const { arrays } = JSON.parse(
  readFileSync(new URL('../../../reference/pickles.numpy.json', import.meta.url), 'utf8'),
) as {
  readonly arrays: Readonly<
    Record<string, { pickles: string[]; shape: number[]; values: string[] }>
  >
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

  it('is null for what is no array', () => {
    expect(numpyArray('1')).toBeNull()
    expect(numpyArray([1])).toBeNull()
    expect(numpyArray(undefined)).toBeNull()
  })
})
