import { describe, expect, it } from 'vitest'
import { settle } from '../../../../src/core/refusal'
import { readStateDict } from '../../../../src/models/sb3/torch-state-dict'
import { byteOrder, stateDictFile, type TensorPart } from './state-dict-builder'

const read = (bytes: Uint8Array<ArrayBuffer>) =>
  settle('policy.pth', () => readStateDict(bytes, () => true))

const storage = Float32Array.of(0, 1, 2, 3, 4, 5)

describe('readStateDict follows strides and offsets', () => {
  it.each<[string, TensorPart, number[]]>([
    ['a matrix', { shape: [2, 3], storage }, [0, 1, 2, 3, 4, 5]],
    ['a transposed one', { shape: [3, 2], strides: [1, 3], storage }, [0, 3, 1, 4, 2, 5]],
    ['the end of a storage', { shape: [2], offset: 4, storage }, [4, 5]],
    ['every other element', { shape: [3], strides: [2], offset: 1, storage }, [1, 3, 5]],
    ['one row, whatever its stride', { shape: [1, 2], strides: [999, 1], storage }, [0, 1]],
    ['nothing', { shape: [0, 4], strides: [4, 1], storage }, []],
    ['a scalar', { shape: [], offset: 5, storage }, [5]],
  ])('%s', async (_, part, values) => {
    const outcome = await read(stateDictFile({ w: part }, byteOrder('little')))
    if (!outcome.ok) throw new Error(outcome.failure.message)
    expect(outcome.value.tensors.get('w')).toEqual({
      shape: part.shape,
      values: Float32Array.from(values),
    })
  })
})

describe('readStateDict takes no time that a file decides', () => {
  /** Processor time: the machine may be busy. */
  const secondsOf = async (act: () => Promise<unknown>): Promise<number> => {
    const before = process.cpuUsage()
    await act()
    return process.cpuUsage(before).user / 1e6
  }

  it('F54 for thousands of tiny tensors in one large storage', async () => {
    const large = new Float32Array(2 ** 22).fill(3)
    const tiny = Array.from({ length: 2000 }, (_, i): [string, TensorPart] => [
      `t${String(i)}`,
      { shape: [1], offset: i, length: large.length, within: 0 },
    ])
    const file = stateDictFile({ w: { shape: [1], storage: large }, ...Object.fromEntries(tiny) })
    const seconds = await secondsOf(async () => {
      const outcome = await read(file)
      expect(outcome.ok && outcome.value.tensors.get('t1999')?.values).toEqual(Float32Array.of(3))
    })
    // Unpacked for each of them it takes a minute.
    expect(seconds).toBeLessThan(5)
  }, 60_000)

  it('F54 for a tensor of twenty thousand axes', async () => {
    const ones = Array.from({ length: 20_000 }, () => 1)
    const file = stateDictFile({ w: { shape: ones, strides: ones, storage } })
    const seconds = await secondsOf(async () => {
      const outcome = await read(file)
      expect(outcome.ok ? '' : outcome.failure.message).toContain('axes')
    })
    expect(seconds).toBeLessThan(5)
  })
})

describe('readStateDict refuses a tensor', () => {
  it.each<[string, TensorPart, string]>([
    ['that begins behind its storage', { shape: [1], offset: 6, storage }, 'beyond its storage'],
    ['that ends behind it', { shape: [3], offset: 4, storage }, 'beyond its storage'],
    ['whose stride leads out', { shape: [2], strides: [6], storage }, 'beyond its storage'],
    [
      'that repeats elements',
      { shape: [2 ** 20, 2 ** 20], strides: [0, 0], storage },
      'beyond its storage',
    ],
    ['of negative size', { shape: [-1], storage }, 'impossible size'],
    ['at a negative offset', { shape: [1], offset: -1, storage }, 'impossible size'],
    [
      'with a negative stride',
      { shape: [2], strides: [-1], offset: 1, storage },
      'impossible size',
    ],
    [
      'with strides of another rank',
      { shape: [2, 2], strides: [1], storage },
      'beyond its storage',
    ],
    ['whose storage is shorter than it says', { shape: [9], length: 9, storage }, 'another size'],
    ['whose storage is longer than it says', { shape: [2], length: 2, storage }, 'another size'],
  ])('%s', async (_, part, words) => {
    const outcome = await read(stateDictFile({ w: part }))
    if (outcome.ok) throw new Error('was read')
    expect(outcome.failure.message).toContain(words)
  })

  it('that is big-endian', async () => {
    const outcome = await read(stateDictFile({ w: { shape: [6], storage } }, byteOrder('big')))
    expect(outcome.ok ? '' : outcome.failure.message).toContain('not little-endian')
  })
})
