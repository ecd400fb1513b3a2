import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bytesOf, failFiles, fixture, namesOf, readFiles } from './read-file'
import { columnOf } from './read-text'

const csv = (name: string, text: string) => new File([text], name)

describe('files with the same columns', () => {
  it('are one dataset, in the order of their names, columns matched by name', async () => {
    const dataset = await readFiles('part-10.csv', 'part-2.csv', 'part-1.csv')
    expect(dataset.info).toMatchObject({
      name: 'part-1.csv and 2 more files',
      files: ['part-1.csv', 'part-2.csv', 'part-10.csv'],
      bytes: 15 + 16 + 11,
      rows: 5,
      columns: [
        { name: 'a', type: 'number', missing: 1, distinct: 4 },
        { name: 'kind', type: 'text', missing: 0, distinct: 3 },
      ],
    })
    expect(columnOf(dataset, 0)).toEqual([1, 2, 3.5, null, 4])
    expect(columnOf(dataset, 1)).toEqual(['x', 'y', 'z', 'y', 'x'])
    expect(dataset.chunks.map(({ start, rows }) => [start, rows])).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ])
  })

  it('are another dataset when one of them changes, the same in any order', async () => {
    const hash = async (...files: File[]) => (await readFiles(...files)).info.sha256
    const [one, two] = [csv('1.csv', 'a\n1\n'), csv('2.csv', 'a\n2\n')]
    expect(await hash(one, two)).toBe(await hash(two, one))
    expect(await hash(one, two)).not.toBe(await hash(one, csv('2.csv', 'a\n3\n')))
    expect(await hash(one, two)).not.toBe(await hash(one))
  })

  it('may be of different formats', async () => {
    const dataset = await readFiles('people.csv', 'people.tsv', 'people.csv.gz')
    expect(dataset.info.rows).toBe(12)
    expect(namesOf(dataset)[2]).toBe('town: text')
    expect(columnOf(dataset, 2).slice(4, 8)).toEqual(['Köln', 'Łódź', 'Köln', null])
  })

  it('may have a column without values in one of them', async () => {
    const dataset = await readFiles(csv('1.csv', 'a,b\n1,\n2,\n'), csv('2.csv', 'a,b\n3,x\n'))
    expect(columnOf(dataset, 1)).toEqual([null, null, 'x'])
    const numbers = await readFiles(csv('1.csv', 'a,b\n1,\n2,\n'), csv('2.csv', 'a,b\n3,4\n'))
    expect(numbers.info.columns[1]).toEqual({ name: 'b', type: 'integer', missing: 2, distinct: 1 })
  })

  it('say which file a warning is about', async () => {
    const dataset = await readFiles(csv('1.csv', 'a,b\n1,2\n\n'), csv('2.csv', 'a,b\n3,4\n'))
    expect(dataset.info.warnings).toEqual(['1.csv: 1 blank line was left out.'])
  })
})

describe('files with different columns', () => {
  it('are refused by saying which', async () => {
    expect(await failFiles('part-1.csv', 'other.csv')).toMatchObject({
      code: 'data-malformed',
      message: '"other.csv" and "part-1.csv" have different columns: "weight" only in "other.csv".',
    })
    expect((await failFiles('X_test.npy', 'part-1.csv')).message).toContain(
      '"a" and "kind" only in "part-1.csv"',
    )
  })

  it('or with texts where others have numbers', async () => {
    expect((await failFiles('part-1.csv', 'texts.csv')).message).toBe(
      'Column "a" holds numbers in "part-1.csv" and text in "texts.csv".',
    )
  })

  it('name the file that cannot be read', async () => {
    const failure = await failFiles('part-1.csv', csv('empty.csv', ''))
    expect(failure).toMatchObject({ code: 'file-empty' })
    expect(failure.message).toContain('"empty.csv"')
  })
})

describe('gzip', () => {
  it('is looked into', async () => {
    const packed = await readFiles('people.csv.gz')
    const plain = await readFiles('people.csv')
    expect(packed.info.columns).toEqual(plain.info.columns)
    expect(packed.info).toMatchObject({ name: 'people.csv.gz', bytes: 128, rows: 4 })
    expect(packed.info.sha256).not.toBe(plain.info.sha256)
    const renamed = await readFiles(fixture('people.jsonl.gz', 'people.csv'))
    expect(renamed.info.columns.map(({ name }) => name)).toEqual(
      plain.info.columns.map(({ name }) => name),
    )
  })

  it('tells progress up to the whole file', async () => {
    const { readDataset } = await import('../../../src/data/read-dataset')
    const seen: number[] = []
    await readDataset(fixture('people.csv.gz'), 'd1', (done) => seen.push(done))
    expect(seen.at(-1)).toBe(128)
  })

  it.each([
    ['cut', bytesOf('people.csv.gz').slice(0, 80), 'is a damaged gzip archive'],
    ['of nothing', gzipSync(''), 'is empty'],
    ['of gzip', gzipSync(gzipSync('a,b\n1,2\n')), 'a gzip archive within another'],
    ['of a web page', gzipSync('<!doctype html><p>no'), 'this is an HTML page'],
    ['with other bytes behind', new Uint8Array([...gzipSync('a\n1\n'), 1, 2, 3]), 'damaged gzip'],
  ])('%s is refused', async (_, bytes, words) => {
    const failure = await failFiles(new File([new Uint8Array(bytes)], 'a.csv.gz'))
    expect(failure.message).toContain(words)
  })

  it('that unpacks to far more than a table would is refused', async () => {
    const bomb = gzipSync(new Uint8Array(2 ** 27))
    const failure = await failFiles(new File([new Uint8Array(bomb)], 'bomb.csv.gz'))
    expect(failure).toMatchObject({ code: 'file-unsafe' })
    expect(failure.message).toContain('to more than 500 times as many')
  })
})
