import type { ModelAnswers } from '../core/exploration'
import type { LabelMapping, Targets } from '../core/task'
import { ClassRows } from './class-rows'
import type { RowAnswers } from './row-answers'
import { ValueRows } from './value-rows'

/** Null where answers and truth are not of one kind and length. */
export function readAnswers(
  answers: readonly ModelAnswers[],
  targets: Targets,
  labels: LabelMapping | null,
): RowAnswers | null {
  if (targets.kind === 'classification' && labels !== null) {
    const models = answers.filter((model) => model.kind === 'classification')
    const isWhole = areWhole(answers, models, targets.classes.length)
    return isWhole ? new ClassRows(targets.classes, labels.classes, models) : null
  }
  if (targets.kind === 'regression') {
    const models = answers.filter((model) => model.kind === 'regression')
    return areWhole(answers, models, targets.values.length)
      ? new ValueRows(targets.values, models)
      : null
  }
  return null
}

function areWhole(
  all: readonly ModelAnswers[],
  ofKind: readonly ModelAnswers[],
  rows: number,
): boolean {
  return ofKind.length === all.length && ofKind.every(({ predicted }) => predicted.length === rows)
}
