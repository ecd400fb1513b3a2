import { describe, expect, it } from 'vitest'
import { expectNoThrow } from './damaged-tables'
import { cellsOf, expectedCells, readTable, tableBytes } from './read-table-file'

describe('arrow', () => {
  it.each(['uncompressed.arrow', 'lz4.arrow', 'zstd.arrow', 'stream.arrows'])(
    'reads every kind of column of %s',
    async (name) => {
      const dataset = await readTable(tableBytes(name))
      expect(cellsOf(dataset)).toEqual(expectedCells)
      expect(dataset.info.warnings).toEqual([])
      const embedding = dataset.info.columns.find((column) => column.name === 'embedding')
      expect(embedding).toMatchObject({ type: 'tensor', shape: [3] })
    },
  )

  it('reads the table of a Parquet file alike', async () => {
    const [one, other] = [tableBytes('zstd.parquet'), tableBytes('lz4.arrow')]
    const [parquet, arrow] = [await readTable(one), await readTable(other)]
    expect(arrow.info.columns).toEqual(parquet.info.columns)
    expect(arrow.info.preview).toEqual(parquet.info.preview)
    expect(arrow.dictionaries).toEqual(parquet.dictionaries)
  })

  it('leaves out by name what no model reads', async () => {
    const dataset = await readTable(tableBytes('odd.arrow'))
    expect(cellsOf(dataset)).toEqual({ x: [1.5, 2.5, null], empty: [null, null, null] })
    expect(dataset.info.warnings).toEqual([
      'Column "record" is left out: it holds records of several fields.',
      'Column "words" is left out: it holds lists of other than numbers.',
      'Column "bytes" is left out: it holds bytes.',
      'Column "ragged" is left out: it holds lists of different lengths.',
      'Column "empty" holds no values.',
    ])
  })

  it.each(['uncompressed', 'lz4', 'zstd'])(
    'gives a table or a failure of a damaged file: %s',
    async (codec) => {
      const outcomes = await expectNoThrow(tableBytes(`small-${codec}.arrow`), 2000)
      expect(outcomes.get('read')).toBeGreaterThan(0)
      expect(outcomes.get('data-malformed')).toBeGreaterThan(0)
    },
  )
})
