import { tensorText, type Dataset } from '../../../src/core/dataset'
import { readDataset } from '../../../src/data/read-dataset'

/** A dataset as rows of cells: numbers, texts, null where missing. */
export type Cell = number | string | null

export function fileOf(content: string | Uint8Array<ArrayBuffer>, name = 'table.csv'): File {
  return new File([content], name)
}

export async function read(content: string | Uint8Array<ArrayBuffer>): Promise<Dataset> {
  const outcome = await readDataset(fileOf(content), 'd1', () => undefined)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

export async function fail(content: string | Uint8Array<ArrayBuffer>) {
  const outcome = await readDataset(fileOf(content), 'd1', () => undefined)
  if (outcome.ok) throw new Error('was read')
  return outcome.failure
}

export function columnOf(dataset: Dataset, index: number): Cell[] {
  const dictionary = dataset.dictionaries[index]
  return dataset.chunks.flatMap(({ columns }): Cell[] => {
    const column = columns[index]
    if (column === undefined) return []
    if (column.kind === 'tensor') return [tensorText(dataset.info.columns[index]?.shape ?? [])]
    return column.kind === 'numeric'
      ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
      : Array.from(column.codes, (code) => dictionary?.[code] ?? null)
  })
}
