import { closeSync, mkdtempSync, openAsBlob, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDataset } from '../../src/data/read-dataset'
import { cpuSeconds } from './cpu-seconds'
import { median } from './median'
import { numberCells } from './number-cells'

export const GROWTH_ROWS = [10_000, 100_000, 1_000_000, 10_000_000]
const COLUMNS = 4
/** Rows written at once. */
const PIECE = 10_000
const RUNS = 5
/** Of more rows than that, a run takes many seconds, and one differs little from another. */
const MANY_ROWS = 1_000_000
const RUNS_OF_MANY = 2

/**
 * Exponents of the time that a CSV of numbers takes, with its rows: over all numbers of rows (the
 * slope of the line through the logarithms), and over the last two. The file lies on disk, and is
 * read from there slice by slice.
 */
export async function growth(): Promise<{ readonly overall: number; readonly last: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bakeoff-bench-'))
  try {
    const seconds: number[] = []
    for (const rows of GROWTH_ROWS) {
      const path = join(folder, `${String(rows)}.csv`)
      writeRows(path, rows)
      const runs = rows >= MANY_ROWS ? RUNS_OF_MANY : RUNS
      const times: number[] = []
      for (let run = 0; run < runs; run += 1) times.push(await cpuSeconds(() => read(path)))
      seconds.push(median(times))
      rmSync(path)
    }
    return {
      overall: slope(GROWTH_ROWS, seconds),
      last: slope(GROWTH_ROWS.slice(-2), seconds.slice(-2)),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function writeRows(path: string, rows: number): void {
  const file = openSync(path, 'w')
  writeSync(file, 'a,b,c,d\n')
  for (let start = 0; start < rows; start += PIECE) {
    const lines = Array.from({ length: PIECE }, (_, row) => numberCells(start + row, COLUMNS))
    writeSync(file, `${lines.join('\n')}\n`)
  }
  closeSync(file)
}

async function read(path: string): Promise<void> {
  const file = new File([await openAsBlob(path)], 'table')
  const outcome = await readDataset(file, 'd1', () => undefined)
  if (!outcome.ok) throw new Error(outcome.failure.message)
}

function slope(sizes: readonly number[], seconds: readonly number[]): number {
  const x = sizes.map(Math.log)
  const y = seconds.map(Math.log)
  const mean = (values: readonly number[]) =>
    values.reduce((sum, each) => sum + each, 0) / values.length
  const [middleX, middleY] = [mean(x), mean(y)]
  const over = x.reduce((sum, each, at) => sum + (each - middleX) * ((y[at] ?? NaN) - middleY), 0)
  return over / x.reduce((sum, each) => sum + (each - middleX) ** 2, 0)
}
