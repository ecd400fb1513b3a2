import { countOf } from './count-of'

export const CONSTANT_ANSWERS = 'Every row got the same answer.'

export interface AnswerSurvey {
  /** Rows with a NaN or infinite number. */
  readonly unusableRows: number
  readonly warnings: readonly string[]
}

/** Looks for answers that cannot be right: NaN, infinite, all zero, all rows alike. */
export function surveyAnswers(data: Float32Array | Float64Array, width: number): AnswerSurvey {
  const rows = data.length / width
  let unusableRows = 0
  let isZero = true
  let isConstant = rows > 1
  for (let row = 0; row < rows; row += 1) {
    let isFinite = true
    for (let column = 0; column < width; column += 1) {
      const value = data[row * width + column] as number
      if (!Number.isFinite(value)) isFinite = false
      if (value !== 0) isZero = false
      if (value !== data[column]) isConstant = false
    }
    if (!isFinite) unusableRows += 1
  }
  return { unusableRows, warnings: explain(rows, unusableRows, isZero, isConstant) }
}

function explain(rows: number, unusable: number, isZero: boolean, isConstant: boolean): string[] {
  if (unusable > 0) {
    return [
      `${countOf(unusable, 'row')} of ${String(rows)} got an answer that is NaN or infinite; the model has no figures.`,
    ]
  }
  if (isZero && rows > 0) return ['Every answer is zero.']
  return isConstant ? [CONSTANT_ANSWERS] : []
}
