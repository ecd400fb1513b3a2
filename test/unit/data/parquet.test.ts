import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cellsOf, expectedCells, readTable, tableBytes } from './read-table-file'

describe('parquet', () => {
  it.each(['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4'])(
    'reads every kind of column, compressed with %s',
    async (codec) => {
      const bytes = tableBytes(`${codec}.parquet`)
      const dataset = await readTable(bytes)
      expect(cellsOf(dataset)).toEqual(expectedCells)
      expect(dataset.info).toMatchObject({
        rows: 120,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        warnings: [],
      })
    },
  )

  it('says of each column what it is', async () => {
    const { info } = await readTable(tableBytes('zstd.parquet'))
    const gaps = expectedCells['float64']?.filter((cell) => cell === null).length
    const column = (name: string) => info.columns.find((each) => each.name === name)
    expect(gaps).toBeGreaterThan(0)
    expect(column('float64')).toMatchObject({ type: 'number', missing: gaps })
    expect(column('int8')).toMatchObject({ type: 'integer', missing: 0 })
    expect(column('label')).toEqual({ name: 'label', type: 'text', missing: 0, distinct: 3 })
    expect(column('day')).toMatchObject({ type: 'text' })
    expect(column('embedding')).toMatchObject({ type: 'tensor', shape: [3] })
    expect(info.preview[1]?.slice(3, 4)).toEqual([String(expectedCells['int8']?.[1])])
  })

  it.each(['v2-pages', 'pandas'])('reads %s as well', async (name) => {
    expect(cellsOf(await readTable(tableBytes(`${name}.parquet`)))).toEqual(expectedCells)
  })

  it('reads differences, split bytes and run lengths', async () => {
    const { label, embedding, ...rest } = expectedCells
    expect(label).toBeDefined()
    expect(embedding).toBeDefined()
    expect(cellsOf(await readTable(tableBytes('encodings.parquet')))).toEqual(rest)
  })

  it('reads times of 96 bits', async () => {
    expect(cellsOf(await readTable(tableBytes('int96.parquet')))).toEqual({
      time: expectedCells['time'],
    })
  })

  it('leaves out by name what no model reads', async () => {
    const dataset = await readTable(tableBytes('odd.parquet'))
    expect(cellsOf(dataset)).toEqual({ x: [1.5, 2.5, null], empty: [null, null, null] })
    expect(dataset.info.warnings).toEqual([
      'Column "record" is left out: it holds records of several fields.',
      'Column "words" is left out: it holds lists of texts or times.',
      'Column "bytes" is left out: it holds bytes.',
      'Column "ragged" is left out: it holds lists of different lengths.',
      'Column "empty" holds no values.',
    ])
  })
})
