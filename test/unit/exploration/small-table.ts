import type { Dataset, DatasetInfo } from '../../../src/core/dataset'
import type { ModelAnswers } from '../../../src/core/exploration'
import type { Targets } from '../../../src/core/task'
import { ExploredTable } from '../../../src/exploration/explored-table'
import { readAnswers } from '../../../src/exploration/read-answers'

/** A dataset in chunks of `chunkRows` rows; null is a missing cell. */
export function datasetOf(
  columns: Readonly<Record<string, readonly (number | string | null)[]>>,
  chunkRows = 3,
): Dataset {
  const parts = Object.entries(columns).map(([name, cells]) => {
    const texts = [...new Set(cells.filter((cell) => typeof cell === 'string'))]
    return { name, cells, dictionary: texts.length > 0 ? texts : null }
  })
  const rows = parts[0]?.cells.length ?? 0
  const chunks = Array.from({ length: Math.ceil(rows / chunkRows) }, (_, chunk) => {
    const start = chunk * chunkRows
    return {
      start,
      rows: Math.min(chunkRows, rows - start),
      columns: parts.map(({ cells, dictionary }) => {
        const own = cells.slice(start, start + chunkRows)
        if (dictionary === null) {
          const values = Float64Array.from(own, (cell) => (cell === null ? NaN : Number(cell)))
          return { kind: 'numeric' as const, values }
        }
        const codes = Int32Array.from(own, (cell) => dictionary.indexOf(String(cell)))
        return { kind: 'text' as const, codes }
      }),
    }
  })
  const info: DatasetInfo = {
    ...{ id: 'd', name: 'd.csv', bytes: 0, sha256: '', rows, preview: [], warnings: [] },
    columns: parts.map(({ name, cells, dictionary }) => ({
      name,
      type: dictionary === null ? 'number' : 'text',
      missing: cells.filter((cell) => cell === null).length,
      distinct: new Set(cells).size,
    })),
  }
  return { info, chunks, dictionaries: parts.map(({ dictionary }) => dictionary) }
}

export function tableOf(
  dataset: Dataset,
  targets: Targets,
  answers: readonly ModelAnswers[],
  index: Uint32Array | null = null,
  classes: readonly string[] = ['a', 'b', 'c'],
): ExploredTable {
  const read = readAnswers(answers, targets, { classes, source: '' })
  if (read === null) throw new Error('answers and targets do not belong together')
  return new ExploredTable(dataset, index, read)
}

export function classified(
  modelId: string,
  predicted: readonly number[],
  confidence: readonly number[] | null = null,
  labels: readonly string[] = ['a', 'b', 'c'],
): ModelAnswers {
  return {
    ...{ kind: 'classification', modelId, labels },
    predicted: Int32Array.from(predicted),
    confidence: confidence && Float32Array.from(confidence),
  }
}

export function valued(modelId: string, predicted: readonly number[]): ModelAnswers {
  return { kind: 'regression', modelId, predicted: Float64Array.from(predicted) }
}
