import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { success, type Failure } from '../../../src/core/failure'
import { guessDelimiter } from '../../../src/data/guess-delimiter'
import { NumericColumn } from '../../../src/data/numeric-column'
import { parseNumber } from '../../../src/data/parse-number'
import { PlainRowReader, type PlainColumn } from '../../../src/data/plain-rows'
import { ValueRoom } from '../../../src/data/room/value-room'
import { RowSplitter } from '../../../src/data/row-splitter'
import { scanRows } from '../../../src/data/scan-rows'
import { TableBuilder } from '../../../src/data/table-builder'
import { columnOf, fail, read } from './read-text'

const ROW_CAP = 10_000

/** Numbers in the ways in which people and programs write them, and much that is none. */
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n }).map(String),
  fc.tuple(fc.integer(), fc.nat({ max: 99_999 })).map(([a, b]) => `${String(a)}.${String(b)}`),
  fc.string({ unit: fc.constantFrom(...'0123456789.eE+- '), maxLength: 8 }),
)
const NUMBERS: PlainColumn = { reading: 'point', hasMark: false, codeOf: null }

describe('PlainRowReader', () => {
  it('reads every number as the general reader does, or none', () => {
    let taken = 0
    const reader = new PlainRowReader(',')
    const row = fc.tuple(number, number, number)
    const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell}"`)
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), fc.boolean(), (rows, isQuoted) => {
        const lines = rows.map((cells) => (isQuoted ? quoted(cells) : cells).join(','))
        const text = `${lines.join('\n')}\n`
        const plain = reader.read(text, [NUMBERS, NUMBERS, NUMBERS], 1)
        const wanted = rows.map((cells) => cells.map((cell) => parseNumber(cell, 'point')))
        const odd = wanted.findIndex((values) => values.includes(null))
        expect(plain.rows).toBe(odd === -1 ? rows.length : odd)
        expect(plain.isOdd).toBe(odd !== -1)
        expect(Array.from(plain.values.subarray(0, plain.rows * 3))).toEqual(
          wanted.slice(0, plain.rows).flat(),
        )
        expect(plain.consumed).toBe(
          lines.slice(0, plain.rows).reduce((sum, { length }) => sum + length + 1, 0),
        )
        taken += plain.rows
      }),
      { numRuns: 20_000 },
    )
    expect(taken).toBeGreaterThan(10_000)
  })

  it.each([
    ['an unfinished line', '1,2\r\n3,4\r\n5,'],
    ['an unfinished quote', '1,2\r\n"3",4\r\n5,"6\r\n7'],
  ])('leaves %s for later', (_, text) => {
    const plain = new PlainRowReader(',').read(text, [NUMBERS, NUMBERS], 1)
    expect(plain.rows).toBe(2)
    expect(text.slice(plain.consumed)).toMatch(/^5/)
    expect(plain.isOdd).toBe(false)
  })

  it.each([
    ['a text', '1,x\n'],
    ['text after a quote', '1,"2" \n'],
    ['a code', '1,007\n'],
    ['a short row', '1\n'],
    ['a long row', '1,2,3\n'],
    ['a lone carriage return', '1,2\r3,4\n'],
  ])('stops before a row with %s', (_, odd) => {
    const plain = new PlainRowReader(',').read(`1,2\n${odd}`, [NUMBERS, NUMBERS], 1)
    expect(plain).toMatchObject({ rows: 1, lines: 1, consumed: 4, isOdd: true })
  })
})

/** By kind of column: cells that it begins with, and cells that may follow. */
const CELLS = {
  number: { first: ['1', '2.5', ''], later: ['-3', '"4.25"', '1e3', ' 7', 'NA', '""', 'inf'] },
  comma: { first: ['"1,5"', '2', '"1,234"'], later: ['"-3,25"', '""', '"1,234"', '"7,"', ' 8 '] },
  text: {
    first: ['a', '"b"', 'größe'],
    later: ['"a"', 'b', '東京', '"😀,"', '"x""y"', '"l\nm"', '"l\r\nm\r"', 'NA', '', 'q"q', '""'],
  },
} as const
const ODD = ['x', '007', '9007199254740993', '"a" ', '"a"b', '1,5', '1,2,3', '\r', '"x""', 'a\rb']

interface Outcome {
  readonly failure: Failure | null
  readonly table: unknown
}

type Pass = (slices: readonly string[], table: TableBuilder) => Promise<Failure | null>

const fast: Pass = (slices, table) => {
  let at = 0
  const next = () => {
    const text = slices[at++] ?? ''
    return Promise.resolve(success({ text, isLast: at === slices.length }))
  }
  return scanRows({ next }, 'table', ROW_CAP, table)
}

/** Every row by way of Papa Parse. */
const general: Pass = (slices, table) => {
  const splitter = new RowSplitter('table', guessDelimiter(slices[0] ?? '', false), ROW_CAP)
  for (const [at, text] of slices.entries()) {
    const batch = splitter.push(text, at === slices.length - 1)
    const failure = batch.ok ? table.append(batch.value) : batch.failure
    if (failure !== null) return Promise.resolve(failure)
  }
  return Promise.resolve(null)
}

async function readBy(pass: Pass, slices: readonly string[]): Promise<Outcome> {
  const table = new TableBuilder('table', ValueRoom.unlimited())
  let failure = (await pass(slices, table)) ?? table.finishPass()
  while (failure === null && table.needsPass) {
    table.beginPass()
    failure = (await pass(slices, table)) ?? table.finishPass()
  }
  if (failure !== null) return { failure, table: null }
  const columns = table.columns.map(({ builder, ...state }) => ({
    ...state,
    builder:
      builder instanceof NumericColumn
        ? { ...builder, values: builder.values.finish().map((chunk) => chunk.read()) }
        : {
            missing: builder.missing,
            texts: builder.dictionary,
            codes: builder.codes.finish().map((chunk) => chunk.read()),
          },
  }))
  const { header, rows, blankLines, preview } = table
  return { failure, table: { header, rows, blankLines, preview, columns } }
}

describe('a table read from bytes', () => {
  const kinds = fc.array(fc.constantFrom('number', 'comma', 'text'), {
    minLength: 1,
    maxLength: 4,
  })
  const ends = fc.constantFrom('\n', '\n', '\r\n', '\n\n')
  const rowOf = (columns: readonly (keyof typeof CELLS)[], oddEvery: number) =>
    fc.tuple(
      fc.tuple(
        ...columns.map((kind) => {
          const { first, later } = CELLS[kind]
          const usual = fc.constantFrom(...first, ...later)
          const odd = fc.constantFrom<string>(...ODD)
          return fc.oneof({ weight: oddEvery, arbitrary: usual }, { weight: 1, arbitrary: odd })
        }),
      ),
      ends,
    )
  const input = fc.tuple(kinds, fc.constantFrom(20, 200, 1e6)).chain(([columns, oddEvery]) =>
    fc.record({
      start: fc.constant(
        `${columns.map((_, at) => `c${String(at)}`).join(',')}\n` +
          Array.from({ length: 9 }, (_, row) =>
            columns.map((kind) => CELLS[kind].first[row % 3]).join(','),
          ).join('\n'),
      ),
      rows: fc.array(rowOf(columns, oddEvery), { maxLength: 30 }),
      cuts: fc.array(fc.nat({ max: 300 }), { maxLength: 6 }),
    }),
  )

  it('is the one that Papa Parse makes', async () => {
    let read = 0
    const property = fc.asyncProperty(input, async ({ start, rows, cuts }) => {
      const rest = rows.map(([cells, end]) => `${cells.join(',')}${end}`).join('')
      const places = [0, ...cuts.filter((cut) => cut < rest.length).sort((a, b) => a - b)]
      const slices = places.map((from, at) => rest.slice(from, places[at + 1]))
      const all = [`${start}\n`, ...slices]
      const wanted = await readBy(general, all)
      expect(await readBy(fast, all)).toEqual(wanted)
      if (wanted.failure === null) read += 1
    })
    await fc.assert(property, { numRuns: 1500 })
    expect(read).toBeGreaterThan(500)
  })
})

describe('a file longer than a slice', () => {
  const rows = Array.from({ length: 300_000 }, (_, row) => `${String(row)},${String(row / 8)}`)

  it('is read alike by both readers', async () => {
    // A space after a closing quote sends the rest of a slice the general way.
    const quotes = rows.map((row, at) =>
      at % 100_000 === 99_999 ? row.replace(/,(.*)/, ',"$1" ') : row,
    )
    const plain = await read(`a,b\n${rows.join('\n')}\n`)
    const mixed = await read(`a,b\n${quotes.join('\n')}\n`)
    expect(columnOf(plain, 0)).toEqual(rows.map((_, row) => row))
    expect(columnOf(plain, 1)).toEqual(rows.map((_, row) => row / 8))
    expect(columnOf(mixed, 1)).toEqual(columnOf(plain, 1))
    expect(mixed.info.columns).toEqual(plain.info.columns)
  })

  it('gives equal texts one code, however they are written', async () => {
    const cells = [
      'größe',
      '"größe"',
      'ja',
      '"ja"',
      '"a ""b"""',
      'NA',
      '"l\nm"',
      'long '.repeat(20),
    ]
    const texts = ['größe', 'größe', 'ja', 'ja', 'a "b"', null, 'l\nm', 'long '.repeat(20)]
    const lines = Array.from(
      { length: 100_000 },
      (_, row) => `${String(row)},${cells[row % 8] ?? ''}`,
    )
    const dataset = await read(`a,b\n${lines.join('\r\n')}\r\n`)
    expect(columnOf(dataset, 1)).toEqual(lines.map((_, row) => texts[row % 8]))
    expect(dataset.dictionaries[1]).toHaveLength(5)
    expect(dataset.info.columns[1]?.missing).toBe(12_500)
  })

  it('reads numbers of very many digits', async () => {
    const long = `0.${'3'.repeat(500_000)}`
    const dataset = await read(`a,b\n${rows.join('\n')}\n7,${long}\n${rows.join('\n')}\n`)
    expect(columnOf(dataset, 1)[rows.length]).toBe(Number(long))
    expect(dataset.info.warnings).toEqual([])
  })

  it('names the line of what is odd after slices of plain rows', async () => {
    const failure = await fail(`a,b\n${rows.join('\n')}\n1,2,3\n`)
    expect(failure.message).toContain('line 300002')
    const { info, dictionaries } = await read(`a,b\n${rows.join('\n')}\n1,much\n`)
    expect(info.warnings).toEqual(['Column "b" is read as text because of "much" in line 300002.'])
    expect(dictionaries[1]?.at(-1)).toBe('much')
    const broken = rows.map((row) => `${row},"x\r\ny\rz"`)
    const { info: long } = await read(`a,b,c\n${broken.join('\n')}\n9007199254740993,inf,\n`)
    expect(long.warnings).toEqual([
      'Column "a" holds 1 whole number (first 9007199254740993 in line 900002) beyond 2^53, which lose their last digits.',
      'Column "b" holds 1 infinite value (first inf in line 900002).',
    ])
  })
})
