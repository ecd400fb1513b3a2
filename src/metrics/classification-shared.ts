import type { ClassificationAnswers } from '../core/metric'
import { classCurves, type ClassCurves } from './class-curves'
import { confusionMatrix, type ConfusionMatrix } from './confusion-matrix'

/** What several metrics of one model's answers need, made once and on first use. */
export interface ClassificationShared {
  readonly confusion: ConfusionMatrix
  readonly curves: readonly ClassCurves[] | null
}

/** The shared parts of `answers`; the arrays are read, never changed or kept beyond it. */
export function classificationShared(answers: ClassificationAnswers): ClassificationShared {
  let confusion: ConfusionMatrix | undefined
  let curves: readonly ClassCurves[] | null | undefined
  return {
    get confusion() {
      confusion ??= confusionMatrix(answers)
      return confusion
    },
    get curves() {
      if (curves === undefined) curves = classCurves(answers)
      return curves
    },
  }
}
