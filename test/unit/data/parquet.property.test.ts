import { describe, expect, it } from 'vitest'
import { expectNoThrow } from './damaged-tables'
import { tableBytes } from './read-table-file'

const RUNS = 2000

describe('a damaged Parquet file', () => {
  it.each(['small-snappy', 'small-zstd'])('gives a table or a failure: %s', async (name) => {
    const outcomes = await expectNoThrow(tableBytes(`${name}.parquet`), RUNS)
    expect(outcomes.get('read')).toBeGreaterThan(0)
    expect(outcomes.get('data-malformed')).toBeGreaterThan(0)
  })
})
