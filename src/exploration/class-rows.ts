import type { ClassAnswers, RowCell, RowCounts, RowView } from '../core/exploration'
import type { ClassLabel } from '../core/task'
import type { FieldColumn } from './field-column'
import type { AnswerField, RowAnswers } from './row-answers'

/** Classes that models answered, beside the true ones. */
export class ClassRows implements RowAnswers {
  readonly rows: number
  readonly models: number
  readonly counts: RowCounts
  readonly hasConfidence: readonly boolean[]
  /** By model; foreign labels of all models share one numbering. */
  readonly predicted: readonly Int32Array[]
  /** The comparison's classes, then all foreign labels. */
  readonly labels: readonly ClassLabel[]
  readonly #differs: Uint8Array
  /** By row: models that are right. */
  readonly #right: Uint16Array

  constructor(
    readonly classes: Int32Array,
    known: readonly ClassLabel[],
    private readonly answers: readonly ClassAnswers[],
  ) {
    this.rows = classes.length
    this.models = answers.length
    const shared = shareLabels(known, answers)
    this.labels = shared.labels
    this.predicted = shared.predicted
    this.hasConfidence = answers.map(({ confidence }) => confidence !== null)
    this.#differs = new Uint8Array(this.rows)
    this.#right = new Uint16Array(this.rows)
    this.counts = this.#count()
  }

  column(field: AnswerField): FieldColumn | null {
    if (field.of === 'truth') return this.#labelled(this.classes)
    if (field.of === 'answer') {
      const codes = this.predicted[field.model]
      return codes === undefined ? null : this.#labelled(codes)
    }
    const values = field.of === 'confidence' ? this.answers[field.model]?.confidence : null
    return values ? { kind: 'numeric', values } : null
  }

  cell(field: AnswerField, row: number): RowCell {
    if (field.of === 'truth') return this.labels[this.classes[row] ?? -1] ?? null
    if (field.of === 'answer') {
      return this.labels[this.predicted[field.model]?.[row] ?? -1] ?? null
    }
    if (field.of !== 'confidence') return null
    return this.answers[field.model]?.confidence?.[row] ?? null
  }

  isRight(model: number, row: number): boolean {
    return this.predicted[model]?.[row] === this.classes[row]
  }

  mask(view: RowView): Uint8Array | null {
    const { models } = this
    if (view.kind === 'all') return null
    if (view.kind === 'differ') return this.#differs.slice()
    if (view.kind === 'any-wrong') return this.#where((row) => (this.#right[row] ?? 0) < models)
    if (view.kind === 'all-wrong') return this.#where((row) => this.#right[row] === 0)
    const { right, wrong } = view
    return this.#where((row) => this.isRight(right, row) && !this.isRight(wrong, row))
  }

  #where(test: (row: number) => boolean): Uint8Array {
    return this.#differs.map((_, row) => (test(row) ? 1 : 0))
  }

  #labelled(codes: Int32Array): FieldColumn {
    return { kind: 'text', codes, dictionary: this.labels, isOrdered: true }
  }

  #count(): RowCounts {
    const { models, rows, predicted, classes } = this
    const only = Array.from({ length: models }, () => Array.from({ length: models }, () => 0))
    let [differ, anyWrong, allWrong] = [0, 0, 0]
    for (let row = 0; row < rows; row += 1) {
      const actual = classes[row]
      const first = predicted[0]?.[row]
      let right = 0
      let isSame = true
      for (const answers of predicted) {
        if (answers[row] === actual) right += 1
        if (answers[row] !== first) isSame = false
      }
      this.#right[row] = right
      if (!isSame) {
        this.#differs[row] = 1
        differ += 1
        if (right > 0) countPairs(only, (model) => predicted[model]?.[row] === actual)
      }
      if (right < models) anyWrong += 1
      if (right === 0) allWrong += 1
    }
    return { differ, anyWrong, allWrong, only }
  }
}

function countPairs(only: number[][], isRight: (model: number) => boolean): void {
  only.forEach((counts, right) => {
    if (!isRight(right)) return
    counts.forEach((count, wrong) => {
      if (!isRight(wrong)) counts[wrong] = count + 1
    })
  })
}

/** Foreign labels of several models, which each numbers for itself, get one numbering. */
function shareLabels(
  known: readonly ClassLabel[],
  answers: readonly ClassAnswers[],
): { readonly labels: readonly ClassLabel[]; readonly predicted: readonly Int32Array[] } {
  const labels = [...known]
  const places = new Map<ClassLabel, number>()
  const predicted = answers.map((model) => {
    const foreign = model.labels.slice(known.length)
    if (foreign.length === 0) return model.predicted
    const shared = foreign.map((label) => {
      const place = places.get(label) ?? labels.push(label) - 1
      places.set(label, place)
      return place
    })
    return model.predicted.map((code) =>
      code < known.length ? code : (shared[code - known.length] ?? -1),
    )
  })
  return { labels, predicted }
}
