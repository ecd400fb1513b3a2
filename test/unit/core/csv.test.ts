import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../../src/core/csv'
import { HOSTILE_TEXTS } from '../report/arbitrary-report'

const RISKY = /^[=+\-@\t\r]/

describe('csvText', () => {
  it('H66 gives back every cell to a reader, a formula with a quote before it', () => {
    const cell = fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const { data } = Papa.parse<string[]>(csvText(['a', '=b'], rows), {
          delimiter: ',',
          newline: '\r\n',
        })
        const expected = rows.map((row) =>
          row.map((value) => {
            if (typeof value !== 'string') return value === null ? '' : String(value)
            return RISKY.test(value) ? `'${value}` : value
          }),
        )
        expect(data).toEqual([['a', "'=b"], ...expected, ['']])
      }),
    )
  })

  it('H66 leaves numbers alone, below zero too', () => {
    expect(csvText(['x'], [[-1.5], [1e-7], [null], [true]])).toBe(
      'x\r\n-1.5\r\n1e-7\r\n\r\ntrue\r\n',
    )
  })
})
