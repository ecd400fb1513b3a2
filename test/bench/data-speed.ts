import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetWriteBuffer } from 'hyparquet-writer'
import Papa from 'papaparse'
import { contentHash } from '../../src/core/content-hash'
import { cpuSeconds } from './cpu-seconds'
import { ours, withPapa, withUdsv, type Reader } from './csv-readers'
import { growth, GROWTH_ROWS } from './growth'
import { judge } from './judge'
import { median } from './median'
import { openDuckdb, type Duckdb } from './open-duckdb'
import { numberCells } from './number-cells'
import type { BenchSection } from './section'

const MIB = 2 ** 20
const FILE_BYTES = 16 * MIB
const ROUNDS = 3
const PARQUET_ROWS = 500_000

/** Rows of each kind of file, by row number. */
const KINDS: Record<string, (row: number) => string> = {
  numeric: (row) => numberCells(row, 20),
  wide: (row) => numberCells(row, 400),
  quoted: (row) => `${String(row)},"a, ""b"" ${String(row % 100)}",${String(row / 7)},"c\nd"`,
  text: (row) =>
    `${String(row)},word${String(row % 50)},item ${String(row % 997)},${String(row / 7)}`,
  Unicode: (row) => `${String(row)},größe ${String(row % 50)},東京 ${String(row % 997)},😀`,
}

/** CSV and Parquet to typed columns, side by side with other readers, in Node on the same engine. */
export async function dataSpeed(): Promise<BenchSection> {
  const duckdb = await openDuckdb()
  const rows: string[][] = []
  const verdicts: string[] = []
  for (const [kind, row] of Object.entries(KINDS)) {
    const { cells, verdict } = await csvSpeed(kind, csvBytes(row, FILE_BYTES), duckdb)
    rows.push(cells)
    verdicts.push(...verdict)
  }
  const older = await duckdb.openOlder()
  const rates = await interleaved(parquetBytes(), {
    ours,
    hyparquet: withHyparquet,
    duckdb: older.toArrow,
  })
  const { hyparquet, duckdb: inDuckdb } = rates
  rows.push([
    'Parquet (Snappy)',
    shown(rates.ours),
    `hyparquet ${shown(hyparquet)}`,
    '',
    shown(inDuckdb),
    (rates.ours / Math.max(hyparquet, inDuckdb)).toFixed(2),
    '',
    '',
  ])
  verdicts.push(
    judge('Parquet: ours / bare hyparquet', rates.ours / hyparquet, { atLeast: 1 }),
    judge('Parquet: ours / DuckDB-Wasm', rates.ours / inDuckdb, { atLeast: 1 }),
  )
  const { overall, last } = await growth()
  const span = GROWTH_ROWS.join(', ')
  verdicts.push(
    judge(`growth of time with rows, exponent over ${span}`, overall, { atMost: 1.02 }),
    `the same over the last tenfold alone: **${last.toFixed(2)}**`,
  )
  return {
    title: 'Files to columns',
    method: method(duckdb.version, older.version),
    header: [
      'file',
      'ours MiB/s',
      'uDSV MiB/s',
      'Papa Parse MiB/s',
      'DuckDB-Wasm MiB/s',
      'ours / fastest other',
      'our hash alone MiB/s',
      'DuckDB-Wasm to Arrow MiB/s',
    ],
    rows,
    verdicts,
  }
}

async function csvSpeed(
  kind: string,
  bytes: Uint8Array<ArrayBuffer>,
  { toCodes, toArrow }: Duckdb,
): Promise<{ cells: string[]; verdict: string[] }> {
  const rates = await interleaved(bytes, {
    ours,
    uDSV: withUdsv,
    'Papa Parse': withPapa,
    DuckDB: toCodes,
    hash: (all) => Promise.resolve(void contentHash(all)),
    arrow: toArrow,
  })
  const ratio = rates.ours / Math.max(rates.uDSV, rates['Papa Parse'], rates.DuckDB)
  const others = [rates.uDSV, rates['Papa Parse'], rates.DuckDB].map(shown)
  return {
    cells: [
      `CSV, ${kind}`,
      shown(rates.ours),
      ...others,
      ratio.toFixed(2),
      shown(rates.hash),
      shown(rates.arrow),
    ],
    verdict: [
      judge(`CSV, ${kind}: ours / the fastest other`, ratio, { atLeast: 1 }),
      `CSV, ${kind}: ours / DuckDB-Wasm to Arrow, which leaves texts as they are: **${(rates.ours / rates.arrow).toFixed(2)}**`,
    ],
  }
}

function method(version: string, parquetVersion: string): string {
  return [
    `Bytes in memory to typed columns (float64, and codes into a dictionary), ${String(FILE_BYTES / MIB)} MiB of CSV and ${String(PARQUET_ROWS)} rows of 8 columns of Parquet; ours also hashes the file (SHA-256), counts missing and different values and looks for what is odd.`,
    `In Node ${process.version}, ${String(ROUNDS)} rounds in turn, medians; MiB per second of CPU time of the process, since the machine is shared.`,
    `DuckDB-Wasm ${version} runs in the same thread and makes its codes by casting texts to enums; the last column is its \`read_csv\` to Arrow alone, where texts stay UTF-8.`,
    `For Parquet it is the older ${parquetVersion}, to Arrow, since in ${version} Parquet is an extension that is fetched from the network.`,
  ].join(' ')
}

async function interleaved<Name extends string>(
  bytes: Uint8Array<ArrayBuffer>,
  readers: Record<Name, Reader>,
): Promise<Record<Name, number>> {
  const times = new Map(Object.keys(readers).map((name) => [name, [] as number[]]))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, read] of Object.entries<Reader>(readers)) {
      const seconds = await cpuSeconds(() => read(bytes))
      // The first round is for the compiler.
      if (round > 0) times.get(name)?.push(bytes.length / MIB / seconds)
    }
  }
  return Object.fromEntries(Array.from(times, ([name, rates]) => [name, median(rates)])) as Record<
    Name,
    number
  >
}

async function withHyparquet(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const rows = await parquetReadObjects({ file: bytes.buffer, compressors })
  for (const name of Object.keys(rows[0] ?? {})) {
    Float64Array.from(rows, (row) => row[name] as number)
  }
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
