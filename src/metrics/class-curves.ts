import type { ClassificationAnswers, MetricValue } from '../core/metric'
import type { Curve } from '../core/report'
import { precisionRecallCurve } from './precision-recall-curve'
import { rocCurve } from './roc-curve'
import { thresholdCounts } from './threshold-counts'

/** Both curves of one class against the rest. */
export interface ClassCurves {
  readonly classIndex: number
  readonly roc: Curve & { readonly area: MetricValue }
  readonly precisionRecall: Curve & { readonly area: MetricValue }
}

/** Points of one curve at most … */
const CURVE_POINTS = 256
/** … and of all classes' curves together: hundreds of classes share the room of a report. */
const ALL_CURVE_POINTS = 16_384
const FEWEST_POINTS = 16

/**
 * ROC and precision-recall curves: of the second class where there are two, else of every class.
 * Null where they are undefined: no rows, no probabilities, fewer than two classes, a NaN score.
 *
 * Cost: one sort of the rows per class; only the thinned curves outlive it.
 */
export function classCurves(answers: ClassificationAnswers): readonly ClassCurves[] | null {
  const { rows, classes } = answers
  if (rows === 0 || classes < 2) return null
  const limit = Math.max(
    FEWEST_POINTS,
    Math.min(CURVE_POINTS, Math.floor(ALL_CURVE_POINTS / classes)),
  )
  const curves: ClassCurves[] = []
  for (let classIndex = classes === 2 ? 1 : 0; classIndex < classes; classIndex += 1) {
    const counts = thresholdCounts(answers, classIndex)
    if (counts === null) return null
    curves.push({
      classIndex,
      roc: rocCurve(counts, limit),
      precisionRecall: precisionRecallCurve(counts, limit),
    })
  }
  return curves
}
