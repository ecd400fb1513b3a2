import type { ClassificationAnswers } from '../core/metric'

/** Above this many classes only the diagonal and the margins are kept: cells grow as the square. */
export const MAX_CELL_CLASSES = 1000

/** Rows counted by true and answered class. */
export interface ConfusionMatrix {
  readonly rows: number
  readonly classes: number
  /** Row-major, `cells[truth * classes + predicted]`; null above {@link MAX_CELL_CLASSES}. */
  readonly cells: Uint32Array | null
  /** By class: rows of it that were answered right. */
  readonly correct: Uint32Array
  /** By class: rows of it. */
  readonly truthTotals: Uint32Array
  /** By class: rows answered with it. */
  readonly predictedTotals: Uint32Array
}

/**
 * Confusion matrix with its margins, from which every label metric follows.
 *
 * scikit-learn: `confusion_matrix(truth, predicted, labels=range(classes))`. A class outside
 * 0 … classes − 1 throws a RangeError: it would be counted in a cell of another class.
 * Cost: one pass.
 */
export function confusionMatrix(answers: ClassificationAnswers): ConfusionMatrix {
  const { rows, classes, truth, predicted } = answers
  const cells = classes <= MAX_CELL_CLASSES ? new Uint32Array(classes * classes) : null
  const correct = new Uint32Array(classes)
  const truthTotals = new Uint32Array(classes)
  const predictedTotals = new Uint32Array(classes)
  for (let row = 0; row < rows; row += 1) {
    const actual = classOf(truth, row, classes)
    const answer = classOf(predicted, row, classes)
    increment(truthTotals, actual)
    increment(predictedTotals, answer)
    if (actual === answer) increment(correct, actual)
    if (cells !== null) increment(cells, actual * classes + answer)
  }
  return { rows, classes, cells, correct, truthTotals, predictedTotals }
}

function classOf(column: Int32Array, row: number, classes: number): number {
  const value = column[row] ?? -1
  if (value < 0 || value >= classes) {
    throw new RangeError(
      `Row ${String(row)} names class ${String(value)} of ${String(classes)} classes.`,
    )
  }
  return value
}

function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1
}
