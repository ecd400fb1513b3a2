import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { DELIMITERS } from '../../../src/data/guess-delimiter'
import { isMissing, parseNumber } from '../../../src/data/parse-number'
import { columnOf, read } from './read-text'

const piece = fc.constantFrom(
  'a',
  '1',
  ',',
  ';',
  '|',
  '\t',
  '"',
  '\n',
  '\r\n',
  '\r',
  ' ',
  'é',
  '😀',
  '-',
)
/** Never a number and never missing, so that the column is read as the texts that it holds. */
const text = fc
  .array(piece, { maxLength: 12 })
  .map((pieces) => `t${pieces.join('')}`)
  .filter((cell) => cell.trim() === cell)
const number = fc.double({ noNaN: true })

describe('a table written by Papa Parse', () => {
  it('is read back cell by cell', async () => {
    const row = fc.tuple(text, fc.option(number), text)
    const table = fc.array(row, { minLength: 1, maxLength: 20 })
    const options = fc.record({
      delimiter: fc.constantFrom(...DELIMITERS),
      newline: fc.constantFrom('\n', '\r\n', '\r'),
      quotes: fc.boolean(),
    })
    const property = fc.asyncProperty(table, options, async (rows, config) => {
      const cells = rows.map(([a, b, c]) => [a, b === null ? '' : String(b), c])
      const written = Papa.unparse([['first', 'second', 'third'], ...cells], config)
      const dataset = await read(written)
      expect(dataset.info.columns.map(({ name }) => name)).toEqual(['first', 'second', 'third'])
      expect(columnOf(dataset, 0)).toEqual(rows.map(([a]) => a))
      // Papa writes −0 as 0, as String does.
      expect(columnOf(dataset, 1)).toEqual(rows.map(([, b]) => (b === null ? b : b + 0)))
      expect(columnOf(dataset, 2)).toEqual(rows.map(([, , c]) => c))
    })
    await fc.assert(property, { numRuns: 1000 })
  })
})

describe('parseNumber', () => {
  it('reads every finite number as Number does', () => {
    fc.assert(
      fc.property(number, (value) => {
        expect(parseNumber(String(value), 'point')).toBe(value + 0)
        expect(parseNumber(String(value).replace('.', ','), 'comma')).toBe(
          Number.isFinite(value) ? value + 0 : parseNumber(String(value), 'comma'),
        )
      }),
    )
  })

  it('takes no text for a number unless it is a plain decimal one', () => {
    const plain = /^\s*[+-]?(Infinity|inf|Inf|(0|[1-9]\d*|0?(?=\.\d))(\.\d*)?([eE][+-]?\d+)?)\s*$/
    const cell = fc.string({ unit: fc.constantFrom(...'0123456789.eE+-xXbn ,_fiaN') })
    fc.assert(
      fc.property(cell, (text) => {
        const value = parseNumber(text, 'point')
        if (isMissing(text)) expect(value).toBeNaN()
        else if (value !== null) expect(text).toMatch(plain)
      }),
      { numRuns: 20_000 },
    )
  })
})

describe('any bytes', () => {
  it('give a dataset or a failure', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(piece, { maxLength: 80 }).map((pieces) => new TextEncoder().encode(pieces.join(''))),
    )
    const property = fc.asyncProperty(bytes, async (content) => {
      const outcome = await read(content.slice()).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome.message).toContain('table.csv')
    })
    await fc.assert(property, { numRuns: 3000 })
  })
})
