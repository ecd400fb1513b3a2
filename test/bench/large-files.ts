import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { fileWriter, ParquetWriter } from 'hyparquet-writer'

/** Rows whose cells are made; further rows repeat them beside a number of their own. */
const DISTINCT_ROWS = 50_000
const GROUP_ROWS = 500_000
/** Rows that are written at once. */
const WRITTEN_ROWS = 10_000

/** A CSV of `width` columns of numbers: `x0` … and the target `y`. Answers its rows. */
export async function writeCsv(path: string, bytes: number, width: number): Promise<number> {
  const file = createWriteStream(path)
  const names = Array.from({ length: width - 1 }, (_, column) => `x${String(column)}`)
  file.write(`${[...names, 'y'].join(',')}\n`)
  const cells = Array.from({ length: DISTINCT_ROWS }, (_, row) =>
    Array.from({ length: width - 1 }, (_cell, column) => wave(row, column).toFixed(6)).join(','),
  )
  let [rows, written] = [0, 0]
  while (written < bytes) {
    const lines = Array.from({ length: WRITTEN_ROWS }, (_, line) => {
      const row = rows + line
      return `${String(row)},${cells[row % DISTINCT_ROWS] ?? ''}\n`
    }).join('')
    rows += WRITTEN_ROWS
    written += lines.length
    if (!file.write(lines)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
  return rows
}

/** A Parquet file of `width` columns of doubles, Snappy, in groups of rows. */
export async function writeParquet(path: string, rows: number, width: number): Promise<void> {
  const names = Array.from({ length: width }, (_, column) =>
    column === width - 1 ? 'y' : `x${String(column)}`,
  )
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [
      { name: 'root', num_children: width },
      ...names.map((name) => ({
        name,
        type: 'DOUBLE' as const,
        repetition_type: 'REQUIRED' as const,
      })),
    ],
  })
  for (let start = 0; start < rows; start += GROUP_ROWS) {
    const length = Math.min(GROUP_ROWS, rows - start)
    await writer.write({
      columnData: names.map((name, column) => ({
        name,
        type: 'DOUBLE' as const,
        encoding: 'PLAIN' as const,
        data: Float64Array.from({ length }, (_, row) => wave(start + row, column)),
      })),
      rowGroupSize: GROUP_ROWS,
    })
  }
  await writer.finish()
}

function wave(row: number, column: number): number {
  return ((row * 7919 + column * 104_729) % 1_000_003) / 997
}
