import type { RowCell, RowCounts, RowView, ValueAnswers } from '../core/exploration'
import type { FieldColumn } from './field-column'
import type { AnswerField, RowAnswers } from './row-answers'

/** Numbers that models answered, beside the true ones. */
export class ValueRows implements RowAnswers {
  readonly rows: number
  readonly models: number
  readonly counts: RowCounts
  readonly hasConfidence: readonly boolean[]
  readonly predicted: readonly (Float32Array | Float64Array)[]

  constructor(
    readonly values: Float64Array,
    answers: readonly ValueAnswers[],
  ) {
    this.rows = values.length
    this.models = answers.length
    this.predicted = answers.map(({ predicted }) => predicted)
    this.hasConfidence = answers.map(() => false)
    this.counts = this.#count()
  }

  column(field: AnswerField): FieldColumn | null {
    if (field.of === 'truth') return { kind: 'numeric', values: this.values }
    if (field.of === 'confidence') return null
    if (field.of === 'answer') {
      const values = this.predicted[field.model]
      return values === undefined ? null : { kind: 'numeric', values }
    }
    const values = new Float64Array(this.rows)
    for (let row = 0; row < this.rows; row += 1) values[row] = this.#value(field, row)
    return { kind: 'numeric', values }
  }

  cell(field: AnswerField, row: number): RowCell {
    const value = this.#value(field, row)
    return Number.isNaN(value) ? null : value
  }

  isRight(): null {
    return null
  }

  mask(view: RowView): Uint8Array | null {
    if (view.kind === 'all' || view.kind === 'any-wrong' || view.kind === 'all-wrong') return null
    const mask = new Uint8Array(this.rows)
    for (let row = 0; row < this.rows; row += 1) {
      const isIn =
        view.kind === 'differ'
          ? this.#spreadOf(row) > 0
          : this.#distance(view.right, row) < this.#distance(view.wrong, row)
      mask[row] = isIn ? 1 : 0
    }
    return mask
  }

  #value(field: AnswerField, row: number): number {
    if (field.of === 'truth') return this.values[row] ?? NaN
    if (field.of === 'answer') return this.predicted[field.model]?.[row] ?? NaN
    if (field.of === 'error') {
      return (this.predicted[field.model]?.[row] ?? NaN) - (this.values[row] ?? NaN)
    }
    if (field.of === 'spread') return this.#spreadOf(row)
    return field.of === 'worst-error' ? this.#worstOf(row) : NaN
  }

  #worstOf(row: number): number {
    let worst = 0
    for (let model = 0; model < this.models; model += 1) {
      worst = Math.max(worst, this.#distance(model, row))
    }
    return worst
  }

  #spreadOf(row: number): number {
    let [low, high] = [Infinity, -Infinity]
    for (const answers of this.predicted) {
      const value = answers[row] as number
      if (value < low) low = value
      if (value > high) high = value
    }
    return this.models === 0 ? 0 : high - low
  }

  #distance(model: number, row: number): number {
    return Math.abs((this.predicted[model]?.[row] ?? NaN) - (this.values[row] ?? NaN))
  }

  #count(): RowCounts {
    const { models, rows } = this
    const only = Array.from({ length: models }, () => Array.from({ length: models }, () => 0))
    let differ = 0
    const distances = new Float64Array(models)
    for (let row = 0; row < rows; row += 1) {
      if (this.#spreadOf(row) === 0) continue
      differ += 1
      for (let model = 0; model < models; model += 1) distances[model] = this.#distance(model, row)
      only.forEach((counts, closer) => {
        const distance = distances[closer] as number
        counts.forEach((count, other) => {
          if (distance < (distances[other] as number)) counts[other] = count + 1
        })
      })
    }
    return { differ, anyWrong: 0, allWrong: 0, only }
  }
}
