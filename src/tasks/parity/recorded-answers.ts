import { columnWidth, type Dataset } from '../../core/dataset'
import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import type { RecordedAnswers } from '../../core/task'
import { buildBlock } from '../build-block'
import { targetColumn } from '../target-column'
import type { ReadableOutput } from './readable-outputs'

/** As many numbers as are kept of a model's own answers. */
const RECORDED_CAP = 2 ** 28

/** The columns that hold recorded answers, as what models are compared with. */
export function recordedOutputs(
  { info }: Dataset,
  columns: readonly number[],
): readonly ReadableOutput[] {
  return columns.flatMap((place): ReadableOutput[] => {
    const column = info.columns[place]
    if (column === undefined) return []
    const { name: output, type } = column
    if (type === 'text') return [{ output, width: 1, kind: 'labels', type: 'string' }]
    return [{ output, width: columnWidth(column), kind: 'values', type: 'float64' }]
  })
}

/** Their content; fails where texts stand beside numbers, or where it is too much to keep. */
export function recordedAnswers(
  dataset: Dataset,
  index: Uint32Array | null,
  columns: readonly number[],
): Outcome<RecordedAnswers> {
  const outputs = recordedOutputs(dataset, columns)
  const parts = outputs.map(({ output, width, kind, type }) => {
    return { output, counterpart: output, width: width ?? 1, kind, type }
  })
  const width = parts.reduce((sum, part) => sum + part.width, 0)
  const rows = index?.length ?? dataset.info.rows
  const text = parts.find(({ type }) => type === 'string')
  const [column] = columns
  if (text !== undefined && (parts.length > 1 || column === undefined)) {
    return failed(
      'reference-absent',
      `The recorded answers ${quoted(text.output)} are text beside other columns.`,
      'Choose columns of numbers as reference, or that column alone.',
    )
  }
  if (rows * width > RECORDED_CAP) {
    return failed(
      'out-of-memory',
      `The recorded answers are ${String(rows * width)} numbers, more than the ${String(RECORDED_CAP)} that can be kept.`,
      'Use fewer rows.',
    )
  }
  if (text !== undefined && column !== undefined) {
    return success({ parts, width, data: textsOf(dataset, index, column) })
  }
  const range = { start: 0, end: rows, isShared: false }
  const data = buildBlock(dataset, { index, columns, type: 'float64', ...range })
  if (!(data instanceof Float64Array)) throw new Error('not the type that was asked for')
  return success({ parts, width, data })
}

function textsOf(dataset: Dataset, index: Uint32Array | null, place: number): readonly string[] {
  const column = targetColumn(dataset, index, place)
  if (column.kind === 'numeric') throw new Error('a text column of numbers')
  return Array.from(column.codes, (code) => column.dictionary[code] ?? '')
}
