import { Tensor } from 'onnxruntime-common'
import { describe, expect, it } from 'vitest'
import type { InputBinding, ModelBinding } from '../../../../src/core/task'
import { makeFeeds } from '../../../../workers/evaluator/feeds'

const flat: InputBinding = {
  input: 'x',
  layout: 0,
  type: 'float32',
  rowShape: [4],
  hasBatchAxis: true,
}

function binding(inputs: readonly InputBinding[], fixedBatch: number | null = null): ModelBinding {
  return { inputs, output: { kind: 'scores', output: 'y', width: 2 }, fixedBatch, rowBytes: 24 }
}

/** Rows 10 … 17; row r holds 4r, 4r + 1, 4r + 2, 4r + 3. */
const block = {
  layout: 0,
  start: 10,
  rows: 8,
  data: Float32Array.from({ length: 32 }, (_, index) => 40 + index),
}

describe('makeFeeds', () => {
  it('views the rows of a batch without copying them', () => {
    const { x } = makeFeeds(Tensor, binding([flat]), [block], 12, 3)
    expect(x?.dims).toEqual([3, 4])
    expect([...(x?.data as Float32Array)]).toEqual([48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59])
    expect((x?.data as Float32Array).buffer).toBe(block.data.buffer)
  })

  it('shows the same bytes to a flat and to an image-shaped input', () => {
    const image: InputBinding = { ...flat, input: 'pixels', rowShape: [1, 2, 2] }
    const { x, pixels } = makeFeeds(Tensor, binding([flat, image]), [block], 10, 2)
    expect(pixels?.dims).toEqual([2, 1, 2, 2])
    expect(pixels?.data).toEqual(x?.data)
  })

  it('pads a batch shorter than the fixed size with its last row', () => {
    const { x } = makeFeeds(Tensor, binding([flat], 4), [block], 16, 2)
    expect(x?.dims).toEqual([4, 4])
    expect([...(x?.data as Float32Array)].slice(4)).toEqual([
      68, 69, 70, 71, 68, 69, 70, 71, 68, 69, 70, 71,
    ])
    expect(block.data[28]).toBe(68)
  })

  it('gives an input without a batch axis its one row', () => {
    const bare: InputBinding = { ...flat, hasBatchAxis: false }
    expect(makeFeeds(Tensor, binding([bare], 1), [block], 11, 1)['x']?.dims).toEqual([4])
  })

  it('refuses rows outside of the block', () => {
    expect(() => makeFeeds(Tensor, binding([flat]), [block], 16, 3)).toThrow(/outside/)
    expect(() => makeFeeds(Tensor, binding([flat]), [block], 9, 1)).toThrow(/outside/)
  })
})
