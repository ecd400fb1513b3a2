import { readFileSync } from 'node:fs'
import type { Dataset } from '../../../src/core/dataset'
import type { Failure } from '../../../src/core/failure'
import { readDataset } from '../../../src/data/read-dataset'

const FOLDER = new URL('../../fixtures/tables/', import.meta.url)

export function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(name, FOLDER)))
}

/** A committed file, under its own name or another. */
export function fixture(name: string, shownName = name): File {
  return new File([bytesOf(name)], shownName)
}

export async function readFiles(...files: readonly (string | File)[]): Promise<Dataset> {
  const outcome = await attempt(...files)
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

export async function failFiles(...files: readonly (string | File)[]): Promise<Failure> {
  const outcome = await attempt(...files)
  if (outcome.ok) throw new Error('it was read')
  return outcome.failure
}

function attempt(...files: readonly (string | File)[]) {
  const dropped = files.map((file) => (typeof file === 'string' ? fixture(file) : file))
  return readDataset(dropped, 'd1', () => undefined)
}

/** All numbers of a column in order, of a tensor row-major; null where missing. */
export function numbersOf(dataset: Dataset, column: number): (number | null)[] {
  return dataset.chunks.flatMap(({ columns }) => {
    const cells = columns[column]
    if (cells === undefined || cells.kind === 'text') throw new Error('no column of numbers')
    return Array.from(cells.values, (value) => (Number.isNaN(value) ? null : value))
  })
}

export function namesOf({ info }: Dataset): string[] {
  return info.columns.map(({ name, type }) => `${name}: ${type}`)
}
