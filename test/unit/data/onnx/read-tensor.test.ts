import fc from 'fast-check'
import { TensorProto_DataType as DataType } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../../src/core/refusal'
import { readTensor } from '../../../../src/data/onnx/read-tensor'
import { floatFile, tensorFile, type TensorParts } from '../../../fixtures/test-data-builder'

const numbers = (parts: TensorParts): unknown => {
  const { elements } = readTensor(tensorFile({ dims: [2n], ...parts }))
  return elements.kind === 'texts'
    ? elements.texts
    : [elements.values.constructor.name, ...elements.values]
}
const raw = (list: ArrayBufferView): Uint8Array<ArrayBuffer> =>
  new Uint8Array(list.buffer.slice(0) as ArrayBuffer)

function refusal(bytes: Uint8Array): string {
  try {
    readTensor(bytes)
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.finding}`
    throw error
  }
  return 'nothing'
}

describe('a tensor file', () => {
  it.each<[string, TensorParts, unknown]>([
    ['float', { dataType: DataType.FLOAT, floatData: [1.5, -2] }, ['Float32Array', 1.5, -2]],
    [
      'raw float',
      { dataType: DataType.FLOAT, rawData: raw(Float32Array.of(1.5, -2)) },
      ['Float32Array', 1.5, -2],
    ],
    ['double', { dataType: DataType.DOUBLE, doubleData: [0.1, 2] }, ['Float64Array', 0.1, 2]],
    ['half', { dataType: DataType.FLOAT16, int32Data: [0x3c00, 0xc000] }, ['Float32Array', 1, -2]],
    [
      'raw half',
      { dataType: DataType.FLOAT16, rawData: Uint8Array.of(0, 0x3c, 0, 0xc0) },
      ['Float32Array', 1, -2],
    ],
    [
      'brain float',
      { dataType: DataType.BFLOAT16, rawData: Uint8Array.of(0x80, 0x3f, 0, 0xc0) },
      ['Float32Array', 1, -2],
    ],
    [
      'listed brain float',
      { dataType: DataType.BFLOAT16, int32Data: [0x3f80, 0xc000] },
      ['Float32Array', 1, -2],
    ],
    ['int8', { dataType: DataType.INT8, int32Data: [-1, 127] }, ['Int8Array', -1, 127]],
    ['uint8', { dataType: DataType.UINT8, int32Data: [255, 0] }, ['Uint8Array', 255, 0]],
    ['int32', { dataType: DataType.INT32, int32Data: [-7, 7] }, ['Int32Array', -7, 7]],
    [
      'uint32',
      { dataType: DataType.UINT32, uint64Data: [4_294_967_295n, 0n] },
      ['Uint32Array', 4_294_967_295, 0],
    ],
    ['int64', { dataType: DataType.INT64, int64Data: [-5n, 5n] }, ['Float64Array', -5, 5]],
    [
      'raw int64',
      { dataType: DataType.INT64, rawData: raw(BigInt64Array.of(-5n, 5n)) },
      ['Float64Array', -5, 5],
    ],
    ['bool', { dataType: DataType.BOOL, int32Data: [1, 0] }, ['Uint8Array', 1, 0]],
    [
      'text',
      { dataType: DataType.STRING, stringData: [Uint8Array.of(97), Uint8Array.of(0xc3, 0xa4)] },
      ['a', 'ä'],
    ],
  ])('of %s gives its numbers', (_, parts, expected) => {
    expect(numbers(parts)).toEqual(expected)
  })

  it('gives name and shape', () => {
    const { name, shape } = readTensor(floatFile('x', [1, 2, 3], [1, 2, 3, 4, 5, 6]))
    expect({ name, shape }).toEqual({ name: 'x', shape: [1, 2, 3] })
  })

  it.each<[string, Uint8Array, string]>([
    [
      'cut',
      floatFile('x', [2], [1, 2]).slice(0, -3),
      'data-malformed: cannot be read as a tensor: it is cut short or damaged',
    ],
    [
      'of another length',
      floatFile('x', [3], [1, 2]),
      'data-malformed: declares (3,), 3 elements, and holds 2',
    ],
    [
      'of an impossible shape',
      floatFile('x', [2 ** 40, 2 ** 40], []),
      'data-malformed: has the impossible shape (1099511627776, 1099511627776)',
    ],
    [
      'of half a number',
      tensorFile({ dims: [1n], dataType: 1, rawData: Uint8Array.of(1, 2, 3) }),
      'data-malformed: ends within a number',
    ],
    [
      'of complex numbers',
      tensorFile({ dims: [1n], dataType: DataType.COMPLEX64, floatData: [1, 2] }),
      'data-malformed: holds elements of type COMPLEX64, which are not read',
    ],
    [
      'with its numbers elsewhere',
      tensorFile({ dims: [1n], dataType: 1, dataLocation: 1 }),
      'data-malformed: keeps its numbers in another file',
    ],
    [
      'with an endless list',
      tensorFile({
        dims: [9_000_000n],
        dataType: 7,
        int64Data: new Array<bigint>(9_000_000).fill(0n),
      }),
      'file-too-large: holds a list of more than 8 MiB',
    ],
  ])('%s is refused', (_, bytes, expected) => {
    expect(refusal(bytes)).toBe(expected)
  })

  it('of any bytes is read or refused, and never takes more than it holds', () => {
    const whole = [
      floatFile('x', [2, 2], [1, 2, 3, 4]),
      tensorFile({ name: 'y', dims: [3n], dataType: DataType.INT64, int64Data: [1n, -1n, 300n] }),
      tensorFile({
        dims: [2n],
        dataType: DataType.STRING,
        stringData: [Uint8Array.of(97), Uint8Array.of(98)],
      }),
    ]
    const edit = fc.record({ at: fc.nat(), byte: fc.nat(255) })
    const changed = fc
      .tuple(fc.constantFrom(...whole), fc.array(edit, { maxLength: 5 }), fc.nat(4))
      .map(([file, edits, cut]) => {
        const bytes = file.slice(0, file.length - cut)
        for (const { at, byte } of edits) bytes[at % bytes.length] = byte
        return bytes
      })
    const isSane = (bytes: Uint8Array): boolean => {
      const said = refusal(bytes)
      if (said !== 'nothing') return said.length > 10
      const { elements } = readTensor(bytes)
      const held = elements.kind === 'texts' ? elements.texts.length : elements.values.length
      return held <= bytes.length
    }
    fc.assert(fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 40 })), isSane), {
      numRuns: 100_000,
      endOnFailure: true,
    })
  })
})
