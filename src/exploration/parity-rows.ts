import type { ParityRowAnswers, RowCell, RowCounts, RowView } from '../core/exploration'
import { numberName } from '../core/number-name'
import type { FieldColumn } from './field-column'
import type { AnswerField, RowAnswers } from './row-answers'

/** Answers of models that were held against one reference. */
export class ParityRows implements RowAnswers {
  readonly rows: number
  readonly models: number
  readonly counts: RowCounts
  readonly hasConfidence: readonly boolean[]
  /** Whether every model tells a class. */
  readonly hasClasses: boolean

  constructor(readonly answers: readonly ParityRowAnswers[]) {
    this.rows = answers[0]?.place.length ?? 0
    this.models = answers.length
    this.hasConfidence = answers.map(() => false)
    this.hasClasses = answers.length > 0 && answers.every(({ classes }) => classes !== null)
    this.counts = this.#count()
  }

  column(field: AnswerField): FieldColumn | null {
    if (field.of === 'truth' || field.of === 'answer' || field.of === 'place') {
      return this.#textColumn(field)
    }
    const values = new Float64Array(this.rows)
    for (let row = 0; row < this.rows; row += 1) values[row] = this.#number(field, row)
    return { kind: 'numeric', values }
  }

  cell(field: AnswerField, row: number): RowCell {
    if (field.of === 'truth' || field.of === 'answer' || field.of === 'place') {
      return this.#text(field, row)
    }
    const value = this.#number(field, row)
    if (Number.isNaN(value)) return null
    return Number.isFinite(value) ? value : String(value)
  }

  isRight(model: number, row: number): boolean {
    const answers = this.answers[model]
    if (answers === undefined) return false
    const { classes, isClose } = answers
    if (!this.hasClasses || classes === null) return isClose[row] === 1
    return classes.reference[row] === classes.answered[row]
  }

  mask(view: RowView): Uint8Array | null {
    if (view.kind === 'all') return null
    const mask = new Uint8Array(this.rows)
    for (let row = 0; row < this.rows; row += 1) mask[row] = this.#isIn(view, row) ? 1 : 0
    return mask
  }

  #isIn(view: RowView, row: number): boolean {
    if (view.kind === 'only') return this.isRight(view.right, row) && !this.isRight(view.wrong, row)
    const wrong = this.answers.filter((_, model) => !this.isRight(model, row)).length
    if (view.kind === 'differ') return wrong > 0 && wrong < this.models
    return view.kind === 'any-wrong' ? wrong > 0 : wrong === this.models
  }

  /** A class is shown as its text; where there is none, truth and answer stand apart as numbers. */
  #text(field: AnswerField, row: number): string | null {
    if (field.of === 'truth') return this.#className(0, row, 'reference')
    if (field.of === 'answer') return this.#className(field.model, row, 'answered')
    if (field.of !== 'place') return null
    const answers = this.answers[field.model]
    if (answers === undefined || answers.difference === null) return null
    return numberName(answers.outputs, answers.place[row] ?? 0)
  }

  #className(model: number, row: number, side: 'reference' | 'answered'): string | null {
    const answers = this.answers[model]
    const place = answers?.classes?.[side][row]
    if (answers === undefined || place === undefined) return null
    return place < 0 ? 'NaN' : (answers.classNames?.[place] ?? String(place))
  }

  #textColumn(field: AnswerField): FieldColumn | null {
    if (this.rows > 0 && this.#text(field, 0) === null) return null
    const places = new Map<string, number>()
    const codes = Int32Array.from({ length: this.rows }, (_, row) => {
      const text = this.#text(field, row) ?? ''
      const known = places.get(text) ?? places.size
      places.set(text, known)
      return known
    })
    return { kind: 'text', codes, dictionary: [...places.keys()], isOrdered: false }
  }

  #number(field: AnswerField, row: number): number {
    if (field.of === 'worst-difference') {
      return Math.max(...this.answers.map(({ difference }) => difference?.[row] ?? 0))
    }
    if (!('model' in field)) return NaN
    const answers = this.answers[field.model]
    if (field.of === 'difference') return answers?.difference?.[row] ?? NaN
    if (field.of === 'expected') return answers?.expected[row] ?? NaN
    return field.of === 'given' ? (answers?.given[row] ?? NaN) : NaN
  }

  #count(): RowCounts {
    const { models, rows } = this
    const only = Array.from({ length: models }, () => Array.from({ length: models }, () => 0))
    let [differ, anyWrong, allWrong] = [0, 0, 0]
    for (let row = 0; row < rows; row += 1) {
      const isRight = this.answers.map((_, model) => this.isRight(model, row))
      const wrong = isRight.filter((right) => !right).length
      if (wrong === 0) continue
      anyWrong += 1
      if (wrong === models) allWrong += 1
      else differ += 1
      only.forEach((counts, right) => {
        if (isRight[right] !== true) return
        counts.forEach((count, other) => {
          if (isRight[other] === false) counts[other] = count + 1
        })
      })
    }
    return { differ, anyWrong, allWrong, only }
  }
}
