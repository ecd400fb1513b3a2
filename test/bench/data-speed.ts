import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetWriteBuffer } from 'hyparquet-writer'
import Papa from 'papaparse'
import { inferSchema, initParser } from 'udsv'
import { readDataset } from '../../src/data/read-dataset'
import { judge } from './judge'
import { median } from './median'
import type { BenchSection } from './section'

const MIB = 2 ** 20
const FILE_BYTES = 16 * MIB
const ROUNDS = 3
const GROWTH_ROWS = [10_000, 100_000, 1_000_000]
const PARQUET_ROWS = 500_000

type Reader = (bytes: Uint8Array<ArrayBuffer>) => Promise<void>

/** Rows of each kind of file, by row number. */
const KINDS: Record<string, (row: number) => string> = {
  numeric: (row) => numbers(row, 20),
  wide: (row) => numbers(row, 400),
  quoted: (row) => `${String(row)},"a, ""b"" ${String(row % 100)}",${String(row / 7)},"c\nd"`,
  text: (row) =>
    `${String(row)},word${String(row % 50)},item ${String(row % 997)},${String(row / 7)}`,
  Unicode: (row) => `${String(row)},größe ${String(row % 50)},東京 ${String(row % 997)},😀`,
}

/** CSV and Parquet to typed columns, side by side with other readers, in Node on the same engine. */
export async function dataSpeed(): Promise<BenchSection> {
  const rows: string[][] = []
  const verdicts: string[] = []
  for (const [kind, row] of Object.entries(KINDS)) {
    const bytes = csvBytes(row, FILE_BYTES)
    const rates = await interleaved(bytes, { ours, uDSV: withUdsv, 'Papa Parse': withPapa })
    const fastest = Math.max(rates['uDSV'] ?? 0, rates['Papa Parse'] ?? 0)
    const ratio = (rates['ours'] ?? NaN) / fastest
    rows.push([`CSV, ${kind}`, ...Object.values(rates).map(shown), ratio.toFixed(2)])
    verdicts.push(judge(`CSV, ${kind}: ours / the fastest other`, ratio, { atLeast: 1 }))
  }
  const parquet = parquetBytes()
  const rates = await interleaved(parquet, { ours, hyparquet: withHyparquet })
  const ratio = (rates['ours'] ?? NaN) / (rates['hyparquet'] ?? NaN)
  rows.push(['Parquet (Snappy)', shown(rates['ours'] ?? NaN), '', '', ratio.toFixed(2)])
  verdicts.push(judge('Parquet: ours / bare hyparquet', ratio, { atLeast: 1 }))
  const exponent = await growth()
  verdicts.push(
    judge(`growth of time with rows, exponent over ${GROWTH_ROWS.join(', ')}`, exponent, {
      atMost: 1.02,
    }),
  )
  return {
    title: 'Files to columns',
    method: `Bytes in memory to typed columns (float64, and codes into a dictionary), ${String(FILE_BYTES / MIB)} MiB of CSV and ${String(PARQUET_ROWS)} rows of 8 columns of Parquet; ours also hashes the file (SHA-256), counts missing and different values and looks for what is odd. In Node ${process.version}, ${String(ROUNDS)} rounds in turn, medians; MiB per second of CPU time of the process, since the machine is shared. DuckDB-Wasm is left out: 34 MB of WebAssembly, and its Parquet reader is fetched from the network.`,
    header: ['file', 'ours MiB/s', 'uDSV MiB/s', 'Papa Parse MiB/s', 'ours / fastest other'],
    rows,
    verdicts,
  }
}

async function interleaved(
  bytes: Uint8Array<ArrayBuffer>,
  readers: Record<string, Reader>,
): Promise<Record<string, number>> {
  const times = new Map(Object.keys(readers).map((name) => [name, [] as number[]]))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, read] of Object.entries(readers)) {
      const seconds = await cpuSeconds(() => read(bytes))
      // The first round is for the compiler.
      if (round > 0) times.get(name)?.push(bytes.length / MIB / seconds)
    }
  }
  return Object.fromEntries(Array.from(times, ([name, rates]) => [name, median(rates)]))
}

async function cpuSeconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

async function ours(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const outcome = await readDataset(new File([bytes], 'table'), 'd1', () => undefined)
  if (!outcome.ok) throw new Error(outcome.failure.message)
}

function withUdsv(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  toColumns(initParser(inferSchema(text)).stringCols(text))
  return Promise.resolve()
}

function withPapa(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true })
  const rows = data.slice(1)
  toColumns((rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? '')))
  return Promise.resolve()
}

async function withHyparquet(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const rows = await parquetReadObjects({ file: bytes.buffer, compressors })
  for (const name of Object.keys(rows[0] ?? {})) {
    Float64Array.from(rows, (row) => row[name] as number)
  }
}

/** Numbers where every cell of a column is one, else codes. */
function toColumns(columns: readonly (readonly string[])[]): void {
  for (const cells of columns) {
    const values = Float64Array.from(cells, Number)
    if (!values.some(Number.isNaN)) continue
    const codes = new Map<string, number>()
    Int32Array.from(cells, (cell) => {
      const known = codes.get(cell) ?? codes.size
      codes.set(cell, known)
      return known
    })
  }
}

async function growth(): Promise<number> {
  const seconds: number[] = []
  for (const rows of GROWTH_ROWS) {
    const text = Array.from({ length: rows }, (_, row) => numbers(row, 4)).join('\n')
    const bytes = new TextEncoder().encode(`a,b,c,d\n${text}\n`)
    const runs = GROWTH_ROWS.at(-1) === rows ? 2 : 5
    const times: number[] = []
    for (let run = 0; run < runs; run += 1) times.push(await cpuSeconds(() => ours(bytes)))
    seconds.push(median(times))
  }
  const [first = NaN, last = NaN] = [seconds[0], seconds.at(-1)]
  const span = (GROWTH_ROWS.at(-1) ?? NaN) / (GROWTH_ROWS[0] ?? NaN)
  return Math.log(last / first) / Math.log(span)
}

function numbers(row: number, count: number): string {
  return Array.from({ length: count }, (_, column) =>
    (((row * 7919 + column * 104_729) % 1_000_003) / 997).toFixed(6),
  ).join(',')
}

function csvBytes(row: (row: number) => string, least: number): Uint8Array<ArrayBuffer> {
  const first = row(0)
  const width = Papa.parse<string[]>(first).data[0]?.length ?? 0
  const lines = [Array.from({ length: width }, (_, column) => `c${String(column)}`).join(',')]
  for (let length = 0, at = 0; length < least; at += 1) {
    const line = row(at)
    lines.push(line)
    length += line.length + 1
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}

function parquetBytes(): Uint8Array<ArrayBuffer> {
  const columnData = Array.from({ length: 8 }, (_, column) => ({
    name: `c${String(column)}`,
    type: 'DOUBLE' as const,
    data: Float64Array.from(
      { length: PARQUET_ROWS },
      (_each, row) => ((row * 7919 + column * 104_729) % 1_000_003) / 997,
    ),
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 100_000 }))
}

function shown(rate: number): string {
  return rate.toFixed(1)
}
