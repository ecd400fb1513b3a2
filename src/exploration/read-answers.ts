import type { ClassAnswers, ModelAnswers, ValueAnswers } from '../core/exploration'
import type { LabelMapping, Targets } from '../core/task'
import { ClassRows } from './class-rows'
import { ParityRows } from './parity-rows'
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
  if (targets.kind === 'parity') {
    const models = answers.filter((model) => model.kind === 'parity')
    const isWhole = models.every(({ place }) => place.length === targets.rows)
    return isWhole && models.length === answers.length ? new ParityRows(models) : null
  }
  return null
}

function areWhole(
  all: readonly ModelAnswers[],
  ofKind: readonly (ClassAnswers | ValueAnswers)[],
  rows: number,
): boolean {
  return ofKind.length === all.length && ofKind.every(({ predicted }) => predicted.length === rows)
}
