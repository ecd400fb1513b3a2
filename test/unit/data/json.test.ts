import { describe, expect, it } from 'vitest'
import expected from '../../fixtures/tables/expected.json' with { type: 'json' }
import { failFiles, namesOf, numbersOf, readFiles } from './read-file'
import { columnOf, fail, read } from './read-text'

/** As pandas lists its own columns; truth values are 0 and 1. */
const people = Object.entries(expected.people).map(([name, values]) => ({
  name,
  values: (values as (string | number | boolean | null)[]).map((value) =>
    typeof value === 'boolean' ? Number(value) : value,
  ),
}))

describe('JSON that pandas wrote', () => {
  it.each(['records', 'split', 'columns', 'index', 'list', 'table'])(
    'is read: %s',
    async (orient) => {
      const dataset = await readFiles(`people-${orient}.json`)
      const columns = namesOf(dataset).map((name, column) => ({
        name: name.split(':')[0],
        values: columnOf(dataset, column),
      }))
      expect(columns.filter(({ name }) => name !== 'index')).toEqual(people)
      expect(dataset.info.columns.find(({ name }) => name === 'age')).toEqual({
        ...{ name: 'age', type: 'number', missing: 1, distinct: 3 },
      })
      expect(dataset.info.warnings).toEqual([])
    },
  )

  it('is read without names', async () => {
    const dataset = await readFiles('people-values.json')
    expect(namesOf(dataset)[0]).toBe('column_0: number')
    expect(columnOf(dataset, 4)).toEqual(people[4]?.values)
  })

  it.each(['people.jsonl', 'people.jsonl.gz'])('is read line by line: %s', async (name) => {
    const dataset = await readFiles(name)
    expect(dataset.info.columns.map((column, at) => [column.name, columnOf(dataset, at)])).toEqual(
      people.map(({ name: column, values }) => [column, values]),
    )
    expect(dataset.info.name).toBe(name)
  })

  it('may hold arrays, which are tensors', async () => {
    const dataset = await readFiles('pixels.jsonl')
    expect(namesOf(dataset)).toEqual(['image: tensor', 'label: integer'])
    expect(dataset.info.columns[0]?.shape).toEqual([4, 5])
    expect(numbersOf(dataset, 0)).toEqual(expected['pixels.jsonl'].image)
    expect(numbersOf(dataset, 1)).toEqual(expected['pixels.jsonl'].label)
  })
})

describe('JSON', () => {
  it('keeps texts that look like numbers texts, and numbers beside texts too', async () => {
    const dataset = await read('[{"zip":"01067","n":1},{"zip":"80331","n":"many"},{"zip":"NA"}]')
    expect(columnOf(dataset, 0)).toEqual(['01067', '80331', null])
    expect(columnOf(dataset, 1)).toEqual(['1', 'many', null])
    expect(dataset.info.warnings).toEqual([
      'Column "n" is read as text because of "many" in record 2.',
    ])
  })

  it('takes empty texts among numbers for missing ones', async () => {
    const dataset = await read('[{"n":1},{"n":""},{"n":"NaN"},{"n":2}]')
    expect(dataset.info.columns).toEqual([{ name: 'n', type: 'integer', missing: 2, distinct: 2 }])
  })

  it('fills what a record leaves out', async () => {
    const dataset = await read('{"a":1}\n{"b":[1,2]}\n\n{"a":3,"b":[null,4],"c":"x"}\n')
    expect(columnOf(dataset, 0)).toEqual([1, null, 3])
    expect(numbersOf(dataset, 1)).toEqual([null, null, 1, 2, null, 4])
    expect(columnOf(dataset, 2)).toEqual([null, null, 'x'])
    expect(dataset.info.columns.map(({ missing }) => missing)).toEqual([1, 2, 2])
  })

  it('makes columns of records within records, whatever they are called', async () => {
    const dataset = await read('[{"__proto__":{"constructor":1},"a":{"b":{"c":2}},"a.b.c":9}]')
    expect(namesOf(dataset)).toEqual(['__proto__.constructor: integer', 'a.b.c: integer'])
    expect(columnOf(dataset, 1)).toEqual([2])
    const lists = await read('{"__proto__":[1,2],"toString":["x","y"]}')
    expect(namesOf(lists)).toEqual(['__proto__: integer', 'toString: text'])
  })

  it('warns of whole numbers that lose their last digits', async () => {
    const dataset = await read('[{"id":9007199254740993,"x":1e300}]')
    expect(dataset.info.warnings).toEqual([
      'Column "id" holds a whole number beyond 2^53, which lose their last digits.',
    ])
  })

  it('reads rows beyond one chunk', async () => {
    const rows = Array.from({ length: 70_000 }, (_, i) => `{"i":${String(i)},"v":[${String(i)},1]}`)
    const dataset = await read(rows.join('\n'))
    expect(dataset.chunks.map((chunk) => chunk.rows)).toEqual([65_536, 4_464])
    expect(columnOf(dataset, 0)[69_999]).toBe(69_999)
    expect(numbersOf(dataset, 1)[2 * 69_999]).toBe(69_999)
  })

  it.each([
    ['{"a":1}\n{"a":}\n', 'is no valid JSON in line 2'],
    ['{"a":1}\n{"a":2', 'is no valid JSON in line 2'],
    ['[{"a":1},', 'is no valid JSON:'],
    ['{"a":1}\n7\n', 'holds no record in line 2'],
    ['[{"a":[1,2]},{"a":[1]}]', 'an array of 1 in record 2, field "a", where the first is 2'],
    ['[{"a":[1,2]},{"a":1}]', 'other values beside arrays, in record 2'],
    ['[{"a":["x"]}]', 'an array that is none of numbers'],
    ['[{"a":[]}]', 'an array that is none of numbers'],
    ['[{"a":[[1],[1,2]]}]', 'an array that is none of numbers'],
    ['{"a":[1,2],"b":[1]}', 'columns of different lengths: "a" has 2 values, "b" has 1'],
    [
      '{"columns":["a"],"data":[[1,2]]}',
      '1 column names, and other than that many values in record 1',
    ],
    ['[1,2]', 'holds no record in record 1'],
    ['[]', 'holds no records'],
    ['{}', 'holds no records'],
    ['[{}]', 'holds no records'],
  ])('refuses %s', async (text, words) => {
    const failure = await fail(text)
    expect(failure.message).toContain(words)
  })

  it('says what to write instead of NaN', async () => {
    expect((await fail('[{"a": NaN}]')).advice).toBe(
      'JSON has no NaN and no Infinity: write null for missing values.',
    )
  })

  it('refuses a few bytes that would fill memory with what is missing', async () => {
    const wide = `{${Array.from({ length: 4000 }, (_, i) => `"c${String(i)}":1`).join(',')}}\n`
    expect(await fail(wide + '{"a":1}\n'.repeat(20_000))).toMatchObject({
      code: 'file-too-large',
    })
    const array = `{"a":[${'1,'.repeat(50_000)}1]}\n`
    expect(await fail(array + '{"b":1}\n'.repeat(20_000))).toMatchObject({ code: 'file-too-large' })
  })

  it('refuses two records in one line', async () => {
    expect(await failFiles(new File(['{"a":1}{"a":2}'], 'a.json'))).toMatchObject({
      code: 'data-malformed',
    })
  })
})
