import type { ParityRowAnswers } from '../../core/exploration'
import type { RowDifferences } from '../../metrics/row-differences'
import { isRowClose } from '../../metrics/within-tolerance'
import type { PairedAnswers } from './pair-answers'

/** What is kept of a model's answers to look at single rows. */
export function parityRows(
  modelId: string,
  paired: PairedAnswers,
  { largest, place }: RowDifferences,
): ParityRowAnswers {
  const { rows, width, reference, answered, classes, classNames, outputs } = paired
  const at = (values: Float32Array | Float64Array) =>
    Float64Array.from({ length: rows }, (_, row) =>
      width === 0 ? NaN : (values[row * width + (place[row] as number)] as number),
    )
  const isClose = Uint8Array.from({ length: rows }, (_, row) => Number(isRowClose(paired, row)))
  return {
    ...{ kind: 'parity', modelId, classes, classNames, isClose },
    difference: width === 0 ? null : largest,
    ...{ place, expected: at(reference), given: at(answered) },
    outputs: outputs.map(({ output, width: numbers }) => ({ output, width: numbers })),
  }
}
