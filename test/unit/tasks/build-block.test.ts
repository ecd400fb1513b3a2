import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TensorType } from '../../../src/core/model'
import { buildBlock } from '../../../src/tasks/build-block'
import { makeDataset } from './make-dataset'

const NUMBERS = makeDataset(
  [
    ['a', [1, 2, 3, 4, 5]],
    ['skip', ['x', 'y', 'x', 'y', 'x']],
    ['b', [-1, 0, 7, 8, 100]],
  ],
  2,
)

function block(type: TensorType, isShared = false, index: Uint32Array | null = null) {
  const end = index?.length ?? 5
  return buildBlock(NUMBERS, { index, columns: [0, 2], type, start: 0, end, isShared })
}

describe('buildBlock', () => {
  it.each<[TensorType, string]>([
    ['float32', 'Float32Array'],
    ['float64', 'Float64Array'],
    ['int8', 'Int8Array'],
    ['int16', 'Int16Array'],
    ['int32', 'Int32Array'],
    ['int64', 'BigInt64Array'],
  ])('writes rows as %s', (type, array) => {
    const data = block(type)
    expect(data.constructor.name).toBe(array)
    expect(Array.from(data, Number)).toEqual([1, -1, 2, 0, 3, 7, 4, 8, 5, 100])
  })

  it('lies in shared memory where asked to', () => {
    expect(block('float32', true).buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(block('float32').buffer).toBeInstanceOf(ArrayBuffer)
  })

  it('writes only the rows of the index', () => {
    expect([...block('float32', false, Uint32Array.of(0, 3, 4))]).toEqual([1, -1, 4, 8, 5, 100])
  })

  it('writes half-precision numbers as bits', () => {
    expect([...block('float16')].slice(0, 4)).toEqual([0x3c00, 0xbc00, 0x4000, 0])
  })

  it('writes 64-bit integers exactly', () => {
    const values = [
      2 ** 53 - 1,
      -(2 ** 53 - 1),
      -1,
      0,
      2 ** 32,
      -(2 ** 32) - 1,
      2 ** 62,
      -(2 ** 63),
    ]
    const dataset = makeDataset([['a', values]])
    const request = { index: null, columns: [0], start: 0, end: values.length, isShared: false }
    expect([...buildBlock(dataset, { ...request, type: 'int64' })]).toEqual(values.map(BigInt))
    const positive = { ...request, end: 1, type: 'uint64' as const }
    expect([...buildBlock(dataset, positive)]).toEqual([2n ** 53n - 1n])
  })

  it('equals a naive builder, whatever the chunks, rows and columns', () => {
    fc.assert(
      fc.property(
        fc.record({
          rows: fc.integer({ min: 1, max: 40 }),
          width: fc.integer({ min: 1, max: 5 }),
          chunkRows: fc.integer({ min: 1, max: 9 }),
          cut: fc.nat(),
        }),
        fc.infiniteStream(fc.double({ noNaN: true })),
        fc.infiniteStream(fc.boolean()),
        ({ rows, width, chunkRows, cut }, numbers, flags) => {
          const table = Array.from({ length: width }, (_, i) => {
            return [`c${String(i)}`, [...numbers.take(rows)]] as const
          })
          const dataset = makeDataset(table, chunkRows)
          const kept = [...flags.take(rows)].flatMap((flag, row) => (flag ? [row] : []))
          for (const index of [null, Uint32Array.from(kept)]) {
            const used = index === null ? table[0]?.[1].map((_, row) => row) : [...index]
            if (used === undefined || used.length === 0) continue
            const start = cut % used.length
            const columns = table.map((_, i) => width - 1 - i)
            const data = buildBlock(dataset, {
              index,
              columns,
              type: 'float64',
              start,
              end: used.length,
              isShared: false,
            })
            const naive = used
              .slice(start)
              .flatMap((row) => columns.map((column) => table[column]?.[1][row]))
            expect([...data]).toEqual(naive)
          }
        },
      ),
    )
  })
})
