import { describe, expect, it } from 'vitest'
import { CAPS } from '../../../src/core/caps'
import { columnOf, fail, read } from './read-text'

describe('rows and fields', () => {
  it('reads quoted delimiters, quotes and newlines, kept as they are', async () => {
    const dataset = await read('a,b\r\n1,"x, ""y""\r\nz"\r\n2,"\n"\r\n')
    expect(columnOf(dataset, 1)).toEqual(['x, "y"\r\nz', null])
    const kept = await read('a,b\r1,"x\ry"\r2,z')
    expect(columnOf(kept, 1)).toEqual(['x\ry', 'z'])
  })

  it('G58 takes CRLF, LF and lone CR in one file, and leaves blank lines out', async () => {
    const dataset = await read('a,b\r\n1,"q"\n2,r\r3,"s"\r\n\n4,t')
    expect(columnOf(dataset, 0)).toEqual([1, 2, 3, 4])
    expect(columnOf(dataset, 1)).toEqual(['q', 'r', 's', 't'])
    expect(dataset.info.warnings).toEqual(['1 blank line was left out.'])
  })

  it('keeps a carriage return together with its line feed at the end of a slice', async () => {
    // Rows of 64 bytes: after a header of 65 the slice of 1 MiB ends between CR and LF.
    const row = `${'x'.repeat(58)},123\r\n`
    for (const headerLength of [64, 65, 66]) {
      const header = `${'h'.repeat(headerLength - 4)},b\r\n`
      const dataset = await read(header + row.repeat(20_000))
      expect(dataset.info.rows).toBe(20_000)
      expect(dataset.info.warnings).toEqual([])
    }
  })

  it('reads the same rows wherever a slice ends among them', async () => {
    const tail = '1,"x" ,3\r2,"y""z",4\r\n3,"u\nv,""",5\n"4",w,"6"\r'
    const filler = `0,${'f'.repeat(995)},0\n`
    for (let position = 0; position <= tail.length; position++) {
      const length = 2 ** 20 - position - 'a,b,c\n'.length
      const rows = Math.floor(length / filler.length) - 1
      const pad = 'p'.repeat(length - rows * filler.length - '0,,0\n'.length)
      const dataset = await read(`a,b,c\n${filler.repeat(rows)}0,${pad},0\n${tail}`)
      expect(columnOf(dataset, 0).slice(-5)).toEqual([0, 1, 2, 3, 4])
      expect(columnOf(dataset, 1).slice(-5)).toEqual([pad, 'x', 'y"z', 'u\nv,"', 'w'])
      expect(columnOf(dataset, 2).slice(-5)).toEqual([0, 3, 4, 5, 6])
      expect(dataset.info.warnings).toEqual([])
    }
  })

  it('leaves quotes alone that do not start a field', async () => {
    expect(columnOf(await read('a,b\n1,5" pipe\r\n2,x"y\r\n'), 1)).toEqual(['5" pipe', 'x"y'])
  })

  it.each([
    ['comma', ','],
    ['tab', '\t'],
    ['semicolon', ';'],
    ['pipe', '|'],
  ])('finds the delimiter %s', async (_, delimiter) => {
    const text = ['a b', 'c', 'd'].join(delimiter) + '\n' + ['1', '"x"', '2.5'].join(delimiter)
    const dataset = await read(`${text}\n`)
    expect(dataset.info.columns.map(({ type }) => type)).toEqual(['integer', 'text', 'number'])
  })

  it('G65 is not misled by commas in texts and decimals', async () => {
    expect((await read('name;age\nDoe, John;12\nRoe, Jane;13\n')).info.columns).toHaveLength(2)
    expect(columnOf(await read('1,5;2,5\n3,5;4,5\n'), 1)).toEqual([2.5, 4.5])
  })

  it('reads a single column', async () => {
    expect(columnOf(await read('x\n1\n2\n'), 0)).toEqual([1, 2])
  })
})

describe('malformed rows', () => {
  it('G58 names the first ragged line, both counts and the number of such rows', async () => {
    const short = await fail('a,b,c\n1,"x\ny",3\n4,5\n\n6\n7,8,9\n')
    expect(short).toMatchObject({ code: 'data-malformed' })
    expect(short.message).toBe(
      '"table.csv", line 4: 3 fields wanted as in the first row, 2 found (2 rows like that in all).',
    )
    expect((await fail('a,b\n1,2\n3,4,5\n')).message).toContain('line 3: 2 fields wanted')
  })

  it('counts lines far into the file', async () => {
    const { message } = await fail(`a,b\n${'1,"x\r\n\ny"\r\n'.repeat(200_000)}1\n`)
    expect(message).toContain('line 600002')
  })

  it('G58 names the line of an unclosed quote and of text behind a closing quote', async () => {
    expect((await fail('a,b\n1,2\n3,"4\n5,6\n')).message).toContain('opens a quote in line 3')
    expect((await fail('a,b\n1,"x\ny"\n2,"z"w\n')).message).toContain('closing quote in line 4')
  })

  it('H68 gives up on a row without end, naming where it starts', async () => {
    const { code, message } = await fail(`a,b\n1,2\n3,"${'x\n'.repeat(9 * 2 ** 20)}`)
    expect(code).toBe('data-malformed')
    expect(message).toContain('more than 16 MiB that starts in line 3')
  })

  it('H68 limits the columns', async () => {
    const wide = Array.from({ length: CAPS.columns.value + 1 }, (_, i) => `c${String(i)}`).join(',')
    const { code, message } = await fail(`${wide}\n`)
    expect(code).toBe('file-too-large')
    expect(message).toContain(`${String(CAPS.columns.value + 1)} columns`)
  })
})

describe('header', () => {
  it('makes names unique and fills empty ones, with a warning', async () => {
    const { info } = await read('a,a,,a_2,b \n1,2,3,4,5\n')
    expect(info.columns.map(({ name }) => name)).toEqual(['a', 'a_3', 'column_2', 'a_2', 'b'])
    expect(info.warnings).toHaveLength(2)
  })

  it('reads a first row of numbers as data', async () => {
    const dataset = await read('5.1,3.5\n4.9,3.0\n')
    expect(dataset.info.columns.map(({ name }) => name)).toEqual(['column_0', 'column_1'])
    expect(columnOf(dataset, 0)).toEqual([5.1, 4.9])
    expect(dataset.info.warnings.join()).toContain('column_0')
  })

  it('takes 0, 1, 2 for names, as pandas writes them', async () => {
    const dataset = await read('0,1,2\n5,6,7\n')
    expect(dataset.info.columns.map(({ name }) => name)).toEqual(['0', '1', '2'])
    expect(dataset.info.rows).toBe(1)
  })

  it('H67 takes hostile names as names', async () => {
    const { info } = await read('__proto__,constructor,<img onerror=x>,\u202Ea\n1,2,3,4\n')
    expect(info.columns.map(({ name }) => name)).toEqual([
      '__proto__',
      'constructor',
      '<img onerror=x>',
      'a',
    ])
  })
})

describe('column types', () => {
  const typed = async (...cells: string[]) => {
    const dataset = await read(['x;y', ...cells.map((cell) => `${cell};1`)].join('\n'))
    const [column] = dataset.info.columns
    return { ...column, cells: columnOf(dataset, 0), warnings: dataset.info.warnings.join() }
  }

  it.each([
    ['whole numbers', ['1', '-2', '+3', '4.0', '1e3', ''], 'integer', [1, -2, 3, 4, 1000, null]],
    [
      'numbers',
      ['1.5', '.5', '5.', '-1E-2', ' 7 ', '\u00a08'],
      'number',
      [1.5, 0.5, 5, -0.01, 7, 8],
    ],
    ['negative zero', ['-0', '0'], 'integer', [-0, 0]],
    [
      'infinities',
      ['inf', '-Infinity', '1e400', '1'],
      'number',
      [Infinity, -Infinity, Infinity, 1],
    ],
    [
      'missing',
      ['NA', 'N/A', 'NaN', 'null', 'None', '-', '?', ' ', '2'],
      'integer',
      [...Array.from({ length: 8 }, () => null), 2],
    ],
    ['nothing but missing', ['', 'NA'], 'number', [null, null]],
    ['decimal commas', ['1,5', '-2,25', '3', ',5', '1e3'], 'number', [1.5, -2.25, 3, 0.5, 1000]],
    ['texts', ['b', 'a', 'b', 'NA'], 'text', ['b', 'a', 'b', null]],
    ['texts as they stand', [' yes', 'yes ', '1'], 'text', [' yes', 'yes ', '1']],
    ['leading zeros', ['007', '010'], 'text', ['007', '010']],
    ['hexadecimal', ['0x1f', '1'], 'text', ['0x1f', '1']],
    ['other bases', ['0b1', '0o7'], 'text', ['0b1', '0o7']],
    ['grouped digits', ['1 234', '1_000'], 'text', ['1 234', '1_000']],
    ['points and commas', ['1.5', '1,5'], 'text', ['1.5', '1,5']],
    ['thousands marks', ['1,234,567', '2'], 'text', ['1,234,567', '2']],
    ['ambiguous commas', ['1,234', '2,345'], 'text', ['1,234', '2,345']],
    ['truth values', ['True', 'False'], 'text', ['True', 'False']],
  ])('reads %s', async (_, cells, type, values) => {
    const column = await typed(...cells)
    expect(column.type).toBe(type)
    expect(column.cells).toEqual(values)
    expect(column.missing).toBe(values.filter((value) => value === null).length)
    expect(column.distinct).toBe(new Set(values.filter((value) => value !== null)).size)
  })

  it('G61 warns of what it could not keep or had to decide', async () => {
    expect((await typed('9007199254740993', '1')).warnings).toContain('beyond 2^53')
    expect((await typed('9007199254740993')).type).toBe('number')
    expect((await typed('1', '1e400')).warnings).toContain(
      '1 infinite value (first 1e400 in line 3)',
    )
    expect((await typed('1', '007')).warnings).toContain('leading zeros ("007" in line 3)')
    expect((await typed('1', '2', 'oops')).warnings).toContain('because of "oops" in line 4')
    expect((await typed('1,234,567')).warnings).toContain('thousands marks')
    expect((await typed('1,234')).warnings).toContain('thousands or decimals')
    expect((await typed('', '')).warnings).toContain('holds no values')
    expect((await typed('a', '1')).warnings).toBe('')
  })

  it('G65 lets other columns settle what a comma means', async () => {
    const dataset = await read('a;b\n1,234;0,5\n2,345;1,5\n')
    expect(columnOf(dataset, 0)).toEqual([1.234, 2.345])
    const mixed = await read('a;b\n1.234;0,5\n2.345;1,5\n')
    expect(mixed.info.warnings.join()).toContain('check that these are no thousands marks')
  })
})

describe('columns that change their type far into the file', () => {
  // Long rows, so that the change comes after the first slice of 1 MiB.
  const filler = '7'.repeat(15).padStart(60)
  const many = (cell: string) => Array.from({ length: 20_000 }, () => cell)
  const readCells = (cells: readonly string[]) =>
    read(`n;t\n${cells.map((cell) => `${filler};${cell}\n`).join('')}`)

  it('keeps the texts of all earlier rows', async () => {
    const cells = [...many('1.50'), 'late', ...many('002')]
    const dataset = await readCells(cells)
    expect(dataset.info.columns.map(({ type }) => type)).toEqual(['integer', 'text'])
    expect(dataset.dictionaries[1]).toEqual(['1.50', 'late', '002'])
    expect(columnOf(dataset, 1)).toEqual(cells)
    expect(columnOf(dataset, 0)).toEqual(cells.map(() => Number(filler)))
    expect(dataset.info.rows).toBe(40_001)
    expect(dataset.chunks.every(({ columns }) => columns.length === 2)).toBe(true)
    expect(dataset.info.warnings.join()).toContain('because of "late" in line 20002')
  })

  it('reads decimal commas that begin late, and texts after those', async () => {
    const commas = [...many('1'), '2,5']
    expect(columnOf(await readCells(commas), 1)).toEqual([...many('1').map(Number), 2.5])
    const cells = [...commas, ...many('3'), 'x']
    expect(columnOf(await readCells(cells), 1)).toEqual(cells)
  })
})
