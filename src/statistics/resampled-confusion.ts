import type { ResampledGroup } from './bootstrap'

/** Rows counted by true and answered class, as the label metrics take them. */
export interface ResampledConfusion {
  readonly rows: number
  readonly classes: number
  readonly cells: null
  readonly correct: Uint32Array
  readonly truthTotals: Uint32Array
  readonly predictedTotals: Uint32Array
}

export interface LabelAnswers {
  /** Classes of this model: the comparison's, and foreign labels that it answered. */
  readonly classes: number
  readonly predicted: Int32Array
}

/** Steps that a label metric takes per class, of its few small objects. */
const STEPS_PER_CLASS = 50

/**
 * Label metrics over the drawn rows, from confusion matrices: by model, then by metric. Rows with
 * the same truth and the same answers of all models are one outcome and counted together, once for
 * all models: it is the same as counting row by row.
 * Cost: one pass over the rows, and one over the different outcomes per model.
 */
export function resampledConfusion(
  truth: Int32Array,
  models: readonly LabelAnswers[],
  metrics: readonly ((confusion: ResampledConfusion) => number | null)[],
): ResampledGroup {
  const { outcomeOf, firstRows } = jointOutcomes(truth, models)
  const drawn = new Uint32Array(firstRows.length)
  const tables = models.map(({ classes, predicted }) => ({
    ofTruth: Int32Array.from(firstRows, (row) => truth[row] as number),
    ofAnswer: Int32Array.from(firstRows, (row) => predicted[row] as number),
    confusion: emptyConfusion(truth.length, classes),
  }))
  const classes = models.reduce((sum, model) => sum + model.classes, 0)
  return {
    size: models.length * metrics.length,
    steps:
      2 * truth.length +
      2 * models.length * firstRows.length +
      STEPS_PER_CLASS * metrics.length * classes,
    compute: (counts, figures) => {
      drawn.fill(0)
      for (let row = 0; row < outcomeOf.length; row += 1) {
        const outcome = outcomeOf[row] as number
        drawn[outcome] = (drawn[outcome] as number) + (counts[row] as number)
      }
      tables.forEach(({ ofTruth, ofAnswer, confusion }, model) => {
        count(drawn, ofTruth, ofAnswer, confusion)
        metrics.forEach((metric, index) => {
          figures[model * metrics.length + index] = metric(confusion) ?? NaN
        })
      })
    },
  }
}

/** Numbers the different (truth, answer of the first model, answer of the second, …) from 0. */
function jointOutcomes(truth: Int32Array, models: readonly LabelAnswers[]) {
  let outcomeOf = Uint32Array.from(truth)
  for (const { classes, predicted } of models) {
    const numbers = new Map<number, number>()
    outcomeOf = outcomeOf.map((before, row) => {
      const key = before * classes + (predicted[row] as number)
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, numbers.size)
      return numbers.size - 1
    })
  }
  const firstRows: number[] = []
  outcomeOf.forEach((outcome, row) => {
    if (outcome === firstRows.length) firstRows.push(row)
  })
  return { outcomeOf, firstRows: Uint32Array.from(firstRows) }
}

function emptyConfusion(rows: number, classes: number): ResampledConfusion {
  return {
    rows,
    classes,
    cells: null,
    correct: new Uint32Array(classes),
    truthTotals: new Uint32Array(classes),
    predictedTotals: new Uint32Array(classes),
  }
}

function count(
  drawn: Uint32Array,
  ofTruth: Int32Array,
  ofAnswer: Int32Array,
  { correct, truthTotals, predictedTotals }: ResampledConfusion,
): void {
  for (const totals of [correct, truthTotals, predictedTotals]) totals.fill(0)
  for (let outcome = 0; outcome < drawn.length; outcome += 1) {
    const rows = drawn[outcome] as number
    const actual = ofTruth[outcome] as number
    const answer = ofAnswer[outcome] as number
    truthTotals[actual] = (truthTotals[actual] as number) + rows
    predictedTotals[answer] = (predictedTotals[answer] as number) + rows
    if (actual === answer) correct[actual] = (correct[actual] as number) + rows
  }
}
