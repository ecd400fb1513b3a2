import type { ParityRowAnswers } from '../core/exploration'
import type { ClassificationAnswers, MetricValue } from '../core/metric'
import type { TaskKind } from '../core/task'
import { classificationMetrics } from '../metrics/classification-metrics'
import { classificationShared } from '../metrics/classification-shared'
import { regressionMetrics } from '../metrics/regression-metrics'
import { finiteOrNull } from '../metrics/finite-or-null'
import { mcnemar } from '../statistics/mcnemar'
import { wilcoxonSignedRank } from '../statistics/wilcoxon-signed-rank'
import { ClassRows } from './class-rows'
import { ParityRows } from './parity-rows'
import type { RowAnswers } from './row-answers'
import { ValueRows } from './value-rows'

/** Those that answered classes alone decide: of probabilities only the answer's is kept by row. */
const LABEL_METRICS = new Set([
  ...['accuracy', 'balancedAccuracy', 'precisionMacro', 'recallMacro', 'f1Macro', 'f1Micro'],
  ...['f1Weighted', 'mcc', 'cohenKappa'],
])

const labelMetrics = classificationMetrics.filter(({ id }) => LABEL_METRICS.has(id))

/** Metrics of an error that a test of paired errors speaks of, and the loss it is made on. */
const LOSSES: ReadonlyMap<string, (error: number) => number> = new Map([
  ['mae', Math.abs],
  ['medianAbsoluteError', Math.abs],
  ['rmse', (error: number) => error * error],
  ['r2', (error: number) => error * error],
])

/** One metric of some of the rows, and whether two models can be told apart there. */
export interface SliceMetric {
  readonly id: string
  readonly direction: 'higher' | 'lower'
  readonly isTested: boolean
  figure(model: number, rows: Uint32Array): MetricValue
  /**
   * Two-sided p that two models are equally good on these rows; `ahead` is the one that the test sees
   * ahead, null for neither.
   */
  test(
    first: number,
    second: number,
    rows: Uint32Array,
  ): { readonly pValue: number | null; readonly ahead: number | null }
}

export function sliceMetricIds(kind: TaskKind): readonly string[] {
  if (kind === 'policy') return []
  if (kind === 'parity') return PARITY_METRICS.map(({ id }) => id)
  const metrics = kind === 'classification' ? labelMetrics : regressionMetrics
  return metrics.map(({ id }) => id)
}

/** Null for a metric that slices cannot have. */
export function sliceMetric(answers: RowAnswers, id: string): SliceMetric | null {
  if (answers instanceof ClassRows) return labelMetric(answers, id)
  if (answers instanceof ParityRows) return parityMetric(answers, id)
  return answers instanceof ValueRows ? errorMetric(answers, id) : null
}

function labelMetric(answers: ClassRows, id: string): SliceMetric | null {
  const metric = labelMetrics.find((candidate) => candidate.id === id)
  if (metric === undefined) return null
  return {
    id,
    direction: metric.direction,
    isTested: id === 'accuracy' || id === 'f1Micro',
    figure: (model, rows) => {
      const subset = subsetOf(answers, model, rows)
      return metric.compute(subset, classificationShared(subset))
    },
    test: (first, second, rows) => {
      let [onlyFirst, onlySecond] = [0, 0]
      for (const row of rows) {
        const isFirstRight = answers.isRight(first, row)
        if (isFirstRight === answers.isRight(second, row)) continue
        if (isFirstRight) onlyFirst += 1
        else onlySecond += 1
      }
      const { pValue } = mcnemar(onlyFirst, onlySecond)
      return { pValue, ahead: aheadOf(onlyFirst - onlySecond, first, second) }
    },
  }
}

function subsetOf(answers: ClassRows, model: number, rows: Uint32Array): ClassificationAnswers {
  const { classes, labels } = answers
  const predicted = answers.predicted[model] ?? classes
  return {
    rows: rows.length,
    classes: labels.length,
    truth: pick(classes, rows, new Int32Array(rows.length)),
    predicted: pick(predicted, rows, new Int32Array(rows.length)),
    probabilities: null,
  }
}

/** A loop: `from` with a function takes ten times as long. */
function pick<Column extends Int32Array | Float64Array>(
  column: ArrayLike<number>,
  rows: Uint32Array,
  picked: Column,
): Column {
  for (let place = 0; place < rows.length; place += 1) {
    picked[place] = column[rows[place] as number] as number
  }
  return picked
}

/** Of a share the mean, of a distance the largest. */
function parityMetric(answers: ParityRows, id: string): SliceMetric | null {
  const metric = PARITY_METRICS.find((candidate) => candidate.id === id)
  if (metric === undefined) return null
  return {
    id,
    direction: metric.direction,
    isTested: false,
    figure: (model, rows) => {
      const of = answers.answers[model]
      return of === undefined || rows.length === 0 ? null : metric.figure(of, rows)
    },
    test: () => ({ pValue: null, ahead: null }),
  }
}

const PARITY_METRICS: readonly {
  readonly id: string
  readonly direction: 'higher' | 'lower'
  readonly figure: (answers: ParityRowAnswers, rows: Uint32Array) => MetricValue
}[] = [
  {
    ...{ id: 'topOneAgreement', direction: 'higher' },
    figure: ({ classes }, rows) =>
      classes && shareOf(rows, (row) => classes.reference[row] === classes.answered[row]),
  },
  {
    ...{ id: 'withinTolerance', direction: 'higher' },
    figure: ({ difference, isClose }, rows) =>
      difference && shareOf(rows, (row) => isClose[row] === 1),
  },
  {
    ...{ id: 'maxAbsDifference', direction: 'lower' },
    figure: ({ difference }, rows) =>
      difference &&
      finiteOrNull(rows.reduce((most, row) => Math.max(most, difference[row] as number), 0)),
  },
]

function shareOf(rows: Uint32Array, isIn: (row: number) => boolean): number {
  let count = 0
  for (const row of rows) if (isIn(row)) count += 1
  return count / rows.length
}

function errorMetric(answers: ValueRows, id: string): SliceMetric | null {
  const metric = regressionMetrics.find((candidate) => candidate.id === id)
  if (metric === undefined) return null
  const loss = LOSSES.get(id)
  const truthOf = (rows: Uint32Array) => pick(answers.values, rows, new Float64Array(rows.length))
  const answersOf = (model: number, rows: Uint32Array) =>
    pick(answers.predicted[model] ?? answers.values, rows, new Float64Array(rows.length))
  return {
    id,
    direction: metric.direction,
    isTested: loss !== undefined,
    figure: (model, rows) =>
      metric.compute({
        rows: rows.length,
        truth: truthOf(rows),
        predicted: answersOf(model, rows),
      }),
    test: (first, second, rows) => {
      const [truth, one, other] = [truthOf(rows), answersOf(first, rows), answersOf(second, rows)]
      const differences = truth.map((actual, row) => {
        const [left, right] = [(one[row] as number) - actual, (other[row] as number) - actual]
        return (loss?.(right) ?? NaN) - (loss?.(left) ?? NaN)
      })
      const { pValue, balance } = wilcoxonSignedRank(differences)
      return { pValue, ahead: aheadOf(balance, first, second) }
    },
  }
}

function aheadOf(sign: number, first: number, second: number): number | null {
  if (sign === 0) return null
  return sign > 0 ? first : second
}
