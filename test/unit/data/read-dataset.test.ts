import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readDataset } from '../../../src/data/read-dataset'
import { columnOf, fail, fileOf, read } from './read-text'

const bytesOf = (text: string, encoding: BufferEncoding) =>
  new Uint8Array(Buffer.from(text, encoding))

describe('readDataset', () => {
  it('reads the demo', async () => {
    const bytes = new Uint8Array(readFileSync('public/demo/digits.csv'))
    const outcome = await readDataset(fileOf(bytes, 'digits.csv'), 'd7', () => undefined)
    if (!outcome.ok) throw new Error(outcome.failure.message)
    const { info, chunks, dictionaries } = outcome.value
    expect(info).toMatchObject({
      id: 'd7',
      name: 'digits.csv',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      rows: 629,
      warnings: [],
    })
    expect(info.columns).toHaveLength(65)
    expect(info.columns[64]).toEqual({ name: 'label', type: 'integer', missing: 0, distinct: 10 })
    expect(info.preview).toHaveLength(8)
    expect(info.preview[0]?.slice(0, 4)).toEqual(['0.0', '0.0', '3.0', '15.0'])
    expect(chunks.map(({ start, rows }) => [start, rows])).toEqual([[0, 629]])
    expect(dictionaries.every((dictionary) => dictionary === null)).toBe(true)
  })

  it('reads text targets in order of first appearance', async () => {
    const dataset = await read(readFileSync('test/fixtures/iris.csv', 'utf8'))
    expect(dataset.dictionaries[4]).toEqual(['virginica', 'versicolor', 'setosa'])
    expect(dataset.info.columns[4]).toEqual({
      name: 'species',
      type: 'text',
      missing: 0,
      distinct: 3,
    })
  })

  it('tells progress up to the whole file', async () => {
    const seen: [number, number][] = []
    const file = fileOf(`a,b\n${'1,2\n'.repeat(600_000)}`)
    await readDataset(file, 'd1', (done, total) => seen.push([done, total]))
    expect(seen.at(-1)).toEqual([file.size, file.size])
    expect(seen[0]?.[0]).toBeLessThan(file.size)
  })

  it('cuts rows into chunks of 65,536', async () => {
    const dataset = await read(
      `n,t\n${Array.from({ length: 140_000 }, (_, i) => `${String(i)},x${String(i % 3)}\n`).join('')}`,
    )
    expect(dataset.chunks.map(({ start, rows }) => [start, rows])).toEqual([
      [0, 65_536],
      [65_536, 65_536],
      [131_072, 8_928],
    ])
    expect(columnOf(dataset, 0)).toEqual(Array.from({ length: 140_000 }, (_, i) => i))
    expect(columnOf(dataset, 1).slice(-2)).toEqual(['x0', 'x1'])
    expect(dataset.info.columns.map(({ distinct }) => distinct)).toEqual([10_000, 3])
  })

  it.each([
    ['G59 empty', '', 'file-empty', '0 bytes'],
    ['an HTML page', '<html><body>Sign in</body></html>', 'file-unrecognised', 'an HTML page'],
    ['a workbook', 'PK\x03\x04\x14', 'file-unrecognised', 'a zip archive'],
    ['binary', '\x01\x02\x03\x04\x05\x06', 'file-unrecognised', 'no format'],
    ['G59 blank lines', '\n\n\r\n', 'no-rows', 'blank lines only'],
    ['G59 a header alone', 'a,b\n', 'no-rows', 'a header but no rows'],
  ])('%s', async (_, content, code, part) => {
    const failure = await fail(content)
    expect(failure).toMatchObject({ code })
    expect(failure.message).toContain(part)
    expect(failure.message).toContain('"table.csv"')
  })

  it('says when the file cannot be read', async () => {
    const file = fileOf('a\n1\n')
    Object.defineProperty(file, 'slice', {
      value: () => ({
        arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
      }),
    })
    const outcome = await readDataset(file, 'd1', () => undefined)
    expect(outcome).toMatchObject({ failure: { code: 'file-unreadable', detail: 'gone' } })
  })
})

describe('files that stop being readable', () => {
  it.each([
    ['NotReadableError', 'it was moved, changed or deleted since it was added.'],
    ['NotAllowedError', 'the permission to read it was taken back.'],
  ])('N88 says so in the middle of reading: %s', async (error, reason) => {
    const line = '1,2,3,4,5,6,7,8\n'
    const file = fileOf(`a,b,c,d,e,f,g,h\n${line.repeat((3 * 2 ** 20) / line.length)}`)
    const slices: number[] = []
    const whole = file.slice.bind(file)
    // From the second MiB on, the browser does what it does when a permission is revoked.
    Object.defineProperty(file, 'slice', {
      value: (start: number, end: number) => {
        slices.push(start)
        if (start < 2 ** 20) return whole(start, end)
        return { arrayBuffer: () => Promise.reject(new DOMException('revoked', error)) }
      },
    })
    const done: number[] = []
    const outcome = await readDataset(file, 'd1', (bytes) => done.push(bytes))
    expect(outcome).toMatchObject({
      failure: {
        code: 'file-unreadable',
        message: `"table.csv" could not be read: ${reason}`,
        detail: 'revoked',
      },
    })
    expect(Math.max(...slices)).toBe(2 ** 20)
    expect(done.some((bytes) => bytes > 0)).toBe(true)
    // Another file is read as if nothing had been.
    expect(await readDataset(fileOf('a\n1\n'), 'd2', () => undefined)).toMatchObject({ ok: true })
  })
})

describe('encodings', () => {
  it.each([
    ['UTF-8', bytesOf('a,ü\n1,é\n', 'utf8')],
    ['UTF-8 with a mark', bytesOf('\ufeffa,ü\n1,é\n', 'utf8')],
    ['UTF-16LE with a mark', bytesOf('\ufeffa,ü\n1,é\n', 'utf16le')],
    [
      'UTF-16BE with a mark',
      bytesOf('\ufeffa,ü\n1,é\n', 'utf16le').map((_, i, all) => all[i ^ 1] ?? 0),
    ],
  ])('reads %s', async (_, bytes) => {
    const dataset = await read(bytes)
    expect(dataset.info.columns.map(({ name }) => name)).toEqual(['a', 'ü'])
    expect(columnOf(dataset, 1)).toEqual(['é'])
  })

  it('never tears a character at the end of a slice', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `${'é'.repeat(i % 7)}😀${String(i)}`)
    const dataset = await read(`t,n\n${rows.map((row) => `${row},1\n`).join('')}`)
    expect(columnOf(dataset, 0)).toEqual(rows)
  })

  it('G58 names the line of bytes that are no UTF-8, also far into the file', async () => {
    const latin1 = bytesOf('a,b\n1,x\n2,caf\u00e9\n', 'latin1')
    expect(await fail(latin1)).toMatchObject({
      code: 'data-malformed',
      message: expect.stringContaining('line 3') as string,
      advice: expect.stringContaining('UTF-8') as string,
    })
    const far = bytesOf(`a,b\n${'1,x\n'.repeat(500_000)}2,\u00e9\n`, 'latin1')
    expect((await fail(far)).message).toContain('line 500002')
  })

  it('G58 names the line of a NUL byte', async () => {
    expect((await fail('a,b\n1,2\n3,\0\n')).message).toContain('NUL byte in line 3')
    expect((await fail(bytesOf('a,b\n1,2\n', 'utf16le'))).message).toContain('NUL byte in line 1')
  })
})
