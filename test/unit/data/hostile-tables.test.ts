import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../src/data/read-dataset'
import {
  isCommaNumber,
  isLeadingZeroCode,
  isMissing,
  parseNumber,
} from '../../../src/data/parse-number'
import { integerLabel } from '../../../src/tasks/integer-label'
import { parseCondition } from '../../../src/tasks/parse-condition'
import { parseTime } from '../../../src/tasks/policy/parse-time'
import { columnOf, fail, read } from './read-text'

const MIB = 2 ** 20

/** Seconds of processor time, so that a busy machine changes nothing. */
async function seconds(act: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await act()
  return process.cpuUsage(before).user / 1e6
}

describe('tables without measure', () => {
  it('H68 one line of 500 MB is refused at its cap, with little of it read', async () => {
    const slice = new Blob(['1'.repeat(MIB)])
    const size = 500 * MIB
    let readBytes = 0
    const file = new File([], 'line.csv')
    Object.defineProperty(file, 'size', { value: size })
    Object.defineProperty(file, 'slice', {
      value: (start: number, end: number) => {
        readBytes += Math.min(end, size) - start
        return slice.slice(0, Math.min(end, size) - start)
      },
    })
    const outcome = await readDataset(file, 'd1', () => undefined)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'data-malformed' } })
    expect(!outcome.ok && outcome.failure.message).toMatch(/"line.csv" .* 16 MiB .* line 1/)
    expect(readBytes).toBeLessThan(64 * MIB)
  })

  it('H68 100 000 columns are refused by the first row alone, with the cap', async () => {
    const row = Array.from({ length: 100_000 }, (_, i) => `c${String(i)}`).join(',')
    const { code, message } = await fail(`${row}\n${'1,'.repeat(99_999)}1\n`)
    expect(code).toBe('file-too-large')
    expect(message).toMatch(/100\D?000 columns; 16\D?384 is the most/)
  })

  it('H68 every one of 16 384 columns turns to text in the last row: no hang', async () => {
    const row = (cell: (column: number) => string) =>
      Array.from({ length: 16_384 }, (_, i) => cell(i)).join(',')
    const lines = [row((i) => `c${String(i)}`), ...Array.from({ length: 28 }, () => row(() => '1'))]
    const text = [...lines, row(() => 'x')].join('\n')
    let warnings: readonly string[] = []
    const spent = await seconds(async () => {
      warnings = (await read(text)).info.warnings
    })
    expect(warnings[0]).toContain('because of "x" in line 30')
    // It took ten minutes while each column counted the lines anew.
    expect(spent).toBeLessThan(20)
  })

  it('H68 a row of quotes within a quoted field, up to the cap, keeps within memory', async () => {
    const text = `a,b\n"${'a"b'.repeat(2 * MIB)}`
    const before = process.memoryUsage().rss
    expect((await fail(text)).code).toBe('data-malformed')
    expect(process.memoryUsage().rss - before).toBeLessThan(1024 * MIB)
  })
})

describe('cells that regular expressions could choke on', () => {
  const n = MIB
  const cells = [
    ['digits and a letter', `${'1'.repeat(n)}x`],
    ['spaces around', `${' '.repeat(n / 2)}1${' '.repeat(n / 2)}x`],
    ['groups of thousands', `1${',234'.repeat(n / 4)}x`],
    ['points and digits', `${'1.'.repeat(n / 2)}x`],
    ['exponents', `1${'e1'.repeat(n / 2)}`],
    ['signs', `${'+-'.repeat(n / 2)}1`],
    ['zeros', `${'0'.repeat(n)}.0x`],
    ['a date and digits', `2024-01-31T09:30:00.${'1'.repeat(n)}Z`],
    ['a date and spaces', `2024-01-31${' '.repeat(n)}x`],
    ['dates after dates', '2024-01-31 '.repeat(n / 11)],
  ] as const
  const readers: readonly ((cell: string) => unknown)[] = [
    (cell) => parseNumber(cell, 'point'),
    (cell) => parseNumber(cell, 'comma'),
    isCommaNumber,
    isLeadingZeroCode,
    isMissing,
    parseTime,
    integerLabel,
    (cell) => parseCondition('>1')?.text(cell),
    (cell) => parseCondition('=7')?.text(cell),
    (cell) => parseCondition('1..2')?.text(cell),
  ]

  it.each(cells)(
    'H70 a cell of a megabyte of %s costs every reader less than 50 ms',
    async (_, cell) => {
      for (const reader of readers) {
        // The best of three: the first call compiles, and a collection may fall into any.
        const times = []
        for (let turn = 0; turn < 3; turn += 1) times.push(await seconds(() => reader(cell)))
        expect(Math.min(...times)).toBeLessThan(0.05)
      }
    },
  )

  it.each(cells)('H70 a table with a cell of a megabyte of %s is read', async (_, cell) => {
    const quoted = `"${cell}"`
    const dataset = await read(`a;b\n1;${quoted}\n2;y\n`)
    expect(columnOf(dataset, 1)).toEqual([cell, 'y'])
  })
})

describe('figures that are no plain numbers', () => {
  it('G61 each kind is counted per column', async () => {
    const cells = ['NaN', 'inf', 'N/A', '1e400', '-0', '9007199254740993', '-1e999', '1', '']
    const dataset = await read(`a;b\n${cells.map((cell) => `${cell};1\n`).join('')}`)
    const [column] = dataset.info.columns
    expect(column).toMatchObject({ name: 'a', type: 'number', missing: 3, distinct: 5 })
    expect(dataset.info.warnings).toEqual([
      'Column "a" holds 1 whole number (first 9007199254740993 in line 7) beyond 2^53, which lose their last digits.',
      'Column "a" holds 3 infinite values (first inf in line 3).',
    ])
  })
})
