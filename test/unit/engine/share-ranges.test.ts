import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareRanges } from '../../../src/engine/share-ranges'

describe('shareRanges', () => {
  it('gives every row of every model to exactly one share, in nearly equal numbers', () => {
    const sizes = fc.record({
      models: fc.integer({ min: 0, max: 5 }),
      rows: fc.integer({ min: 0, max: 60 }),
      count: fc.integer({ min: 1, max: 20 }),
      whole: fc.option(fc.integer({ min: 1, max: 13 }), { nil: null }),
    })
    fc.assert(
      fc.property(sizes, ({ models, rows, count, whole }) => {
        const ids = Array.from({ length: models }, (_, index) => `m${String(index)}`)
        const wholes =
          whole === null
            ? null
            : Array.from({ length: Math.ceil(rows / whole) }, (_, index) => ({
                start: index * whole,
                end: Math.min(rows, (index + 1) * whole),
              }))
        const asked = ids.map((id) => ({ id, rows, wholes }))
        const answered: string[] = []
        for (let index = 1; index <= count; index += 1) {
          let own = 0
          for (const [id, ranges] of shareRanges(asked, { index, count })) {
            for (const { start, end } of ranges) {
              own += end - start
              for (let row = start; row < end; row += 1) answered.push(`${id} ${String(row)}`)
              if (wholes !== null) expect(wholes).toContainEqual({ start, end })
            }
          }
          expect(Math.abs(own - (models * rows) / count)).toBeLessThan(whole ?? 1)
        }
        const all = ids.flatMap((id) =>
          Array.from({ length: rows }, (_, r) => `${id} ${String(r)}`),
        )
        expect(answered.toSorted()).toEqual(all.toSorted())
      }),
    )
  })

  it('cuts between models where it can', () => {
    const free = ['a', 'b'].map((id) => ({ id, rows: 10, wholes: null }))
    const shares = [1, 2].map((index) => shareRanges(free, { index, count: 2 }))
    expect(shares.map((share) => [...share])).toEqual([
      [
        ['a', [{ start: 0, end: 10 }]],
        ['b', []],
      ],
      [
        ['a', []],
        ['b', [{ start: 0, end: 10 }]],
      ],
    ])
  })

  it('counts only the rows that a model is asked', () => {
    const wholes = [
      { start: 100, end: 110 },
      { start: 200, end: 210 },
    ]
    const models = [
      { id: 'windows', rows: 20, wholes },
      { id: 'free', rows: 20, wholes: null },
    ]
    const shares = [1, 2, 3, 4].map((index) => [...shareRanges(models, { index, count: 4 })])
    expect(
      shares.map((share) => share.flatMap(([id, ranges]) => ranges.map((r) => [id, r.start]))),
    ).toEqual([[['windows', 100]], [['windows', 200]], [['free', 0]], [['free', 10]]])
  })
})
