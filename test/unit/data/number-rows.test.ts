import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNumberRows } from '../../../src/data/number-rows'
import { parseNumber } from '../../../src/data/parse-number'
import { columnOf, fail, read } from './read-text'

const COMMA = 0x2c
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Numbers in the ways in which people and programs write them, and much that is none. */
const cell = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n }).map(String),
  fc.tuple(fc.integer(), fc.nat({ max: 99_999 })).map(([a, b]) => `${String(a)}.${String(b)}`),
  fc.string({ unit: fc.constantFrom(...'0123456789.eE+- '), maxLength: 8 }),
)

describe('readNumberRows', () => {
  it('reads every cell as the general reader does, or none', () => {
    let taken = 0
    const row = fc.tuple(cell, cell, cell)
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const text = rows.map((cells) => `${cells.join(',')}\n`).join('')
        const numbers = readNumberRows(bytesOf(text), COMMA, 3)
        if (numbers === null) return
        taken += 1
        const wanted = rows.flat().map((each) => parseNumber(each, 'point'))
        expect(Array.from(numbers.values.subarray(0, numbers.rows * 3))).toEqual(wanted)
        expect(numbers.consumed).toBe(text.length)
      }),
      { numRuns: 50_000, endOnFailure: true },
    )
    expect(taken).toBeGreaterThan(1000)
  })

  it('leaves an unfinished line for later', () => {
    const numbers = readNumberRows(bytesOf('1,2\r\n3,4\r\n5,'), COMMA, 2)
    expect(numbers).toMatchObject({ rows: 2, consumed: 10 })
  })

  it.each([
    ['a text', '1,x\n'],
    ['a quote', '1,"2"\n'],
    ['a space', '1, 2\n'],
    ['a code', '1,007\n'],
    ['a short row', '1\n'],
    ['a long row', '1,2,3\n'],
    ['a blank line', '1,2\n\n'],
    ['a whole number beyond 2^53', '1,9007199254740993\n'],
    ['an infinite number', '1,1e999\n'],
    ['a sign', '1,-\n'],
    ['a lone carriage return', '1,2\r3,4\n'],
  ])('takes no rows with %s', (_, text) => {
    expect(readNumberRows(bytesOf(text), COMMA, 2)).toBeNull()
  })
})

describe('a file longer than a slice', () => {
  const rows = Array.from({ length: 300_000 }, (_, row) => `${String(row)},${String(row / 8)}`)

  it('is read alike by both readers', async () => {
    // Quotes around the last cell of every thousandth row send those slices the general way.
    const quotes = rows.map((row, at) =>
      at % 100_000 === 99_999 ? row.replace(/,(.*)/, ',"$1"') : row,
    )
    const plain = await read(`a,b\n${rows.join('\n')}\n`)
    const mixed = await read(`a,b\n${quotes.join('\n')}\n`)
    expect(columnOf(plain, 0)).toEqual(rows.map((_, row) => row))
    expect(columnOf(plain, 1)).toEqual(rows.map((_, row) => row / 8))
    expect(columnOf(mixed, 1)).toEqual(columnOf(plain, 1))
    expect(mixed.info.columns).toEqual(plain.info.columns)
  })

  it('names the line of what is odd after slices of numbers', async () => {
    const failure = await fail(`a,b\n${rows.join('\n')}\n1,2,3\n`)
    expect(failure.message).toContain('line 300002')
    const { info, dictionaries } = await read(`a,b\n${rows.join('\n')}\n1,much\n`)
    expect(info.warnings).toEqual(['Column "b" is read as text because of "much" in line 300002.'])
    expect(dictionaries[1]?.at(-1)).toBe('much')
  })
})
