import { readFileSync } from 'node:fs'
import type { Dataset } from '../../../src/core/dataset'
import { readDataset } from '../../../src/data/read-dataset'
import { fileOf, type Cell } from './read-text'

const FOLDER = 'test/fixtures/columnar'

export type TableCells = Record<string, readonly (Cell | readonly number[])[]>

/** What pyarrow reads of the table that the fixtures hold. */
export const expectedCells = (
  JSON.parse(readFileSync(`${FOLDER}/columnar.expected.json`, 'utf8')) as { mixed: TableCells }
).mixed

export function tableBytes(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(`${FOLDER}/${name}`))
}

export async function readTable(
  bytes: Uint8Array<ArrayBuffer>,
  name = 'table.bin',
): Promise<Dataset> {
  const outcome = await readDataset(fileOf(bytes, name), 'd1', () => undefined)
  if (!outcome.ok) {
    throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  }
  return outcome.value
}

/** By column: numbers, texts and lists of numbers; null where missing. */
export function cellsOf({ info, chunks, dictionaries }: Dataset): TableCells {
  const columns = info.columns.map(({ name }, index) => {
    const cells = chunks.flatMap(({ columns: all }): (Cell | number[])[] => {
      const column = all[index]
      if (column === undefined) throw new Error(`no column ${name}`)
      if (column.kind === 'text') {
        return Array.from(column.codes, (code) => dictionaries[index]?.[code] ?? null)
      }
      const numbers = Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
      if (column.kind === 'numeric') return numbers
      const { width } = column
      return Array.from({ length: numbers.length / width }, (_, row) =>
        numbers.slice(row * width, (row + 1) * width).map((value) => value ?? NaN),
      )
    })
    return [name, cells] as const
  })
  return Object.fromEntries(columns)
}
