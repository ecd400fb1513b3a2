import Papa from 'papaparse'
import { inferSchema, initParser } from 'udsv'
import { readDataset } from '../../src/data/read-dataset'

/** Reads a whole file into typed columns: float64, or codes into a dictionary. */
export type Reader = (bytes: Uint8Array<ArrayBuffer>) => Promise<void>

export async function ours(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const outcome = await readDataset(new File([bytes], 'table'), 'd1', () => undefined)
  if (!outcome.ok) throw new Error(outcome.failure.message)
}

export function withUdsv(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  toColumns(initParser(inferSchema(text)).stringCols(text))
  return Promise.resolve()
}

export function withPapa(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true })
  const rows = data.slice(1)
  toColumns((rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? '')))
  return Promise.resolve()
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
