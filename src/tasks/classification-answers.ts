import type { ClassificationAnswers } from '../core/metric'
import type { ClassLabel, OutputBinding } from '../core/task'
import { countOf } from './count-of'
import { predictLabels } from './predict-labels'
import { predictScores } from './predict-scores'
import { CONSTANT_ANSWERS, surveyAnswers } from './survey-answers'

export interface ClassificationReading {
  /** Null where any answer is not finite: no figure is made of such answers. */
  readonly answers: ClassificationAnswers | null
  /** Names of the classes of `answers`: the comparison's, then foreign labels that were answered. */
  readonly labels: readonly ClassLabel[]
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Raw outputs become answered classes and, for scores, probabilities.
 * @param data row-major rows × `output.width`
 * @param truth true class of each row
 * @param classes in score order
 */
export function classificationAnswers(
  output: OutputBinding,
  data: Float32Array | Float64Array | readonly string[],
  truth: Int32Array,
  classes: readonly ClassLabel[],
): ClassificationReading {
  const survey = ArrayBuffer.isView(data) ? surveyAnswers(data, output.width) : null
  const warnings = [...(survey?.warnings ?? [])]
  if (survey !== null && survey.unusableRows > 0)
    return { answers: null, labels: classes, notes: [], warnings }
  if (output.kind === 'label' || !ArrayBuffer.isView(data)) {
    return labelAnswers(data, truth, classes, warnings)
  }
  const { predicted, probabilities, note } = predictScores(output, data)
  const answers = { rows: truth.length, classes: classes.length, truth, predicted, probabilities }
  return { answers, labels: classes, notes: note === null ? [] : [note], warnings }
}

function labelAnswers(
  data: Float32Array | Float64Array | readonly string[],
  truth: Int32Array,
  classes: readonly ClassLabel[],
  warnings: string[],
): ClassificationReading {
  const rows = truth.length
  const { predicted, foreignLabels, foreignRows, isByIndex } = predictLabels(data, classes)
  const notes = isByIndex
    ? ['The answers are whole numbers: answer i is read as the i-th class, from 0.']
    : []
  if (foreignRows > 0) {
    warnings.push(
      `${countOf(foreignRows, 'row')} of ${String(rows)} got a label that the data does not have; they count as wrong.`,
    )
  }
  const isConstant = rows > 1 && predicted.every((label) => label === predicted[0])
  if (isConstant && !warnings.includes(CONSTANT_ANSWERS)) warnings.push(CONSTANT_ANSWERS)
  const labels = [...classes, ...foreignLabels]
  const answers = { rows, classes: labels.length, truth, predicted, probabilities: null }
  return { answers, labels, notes, warnings }
}
