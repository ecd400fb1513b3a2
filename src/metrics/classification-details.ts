import type { ClassificationAnswers } from '../core/metric'
import type { ClassCurve, ModelDetails } from '../core/report'
import type { ClassLabel } from '../core/task'
import { calibrationCurve } from './calibration-curve'
import type { ClassCurves } from './class-curves'
import { classificationShared, type ClassificationShared } from './classification-shared'
import type { ConfusionMatrix } from './confusion-matrix'

/** Above this many classes a report leaves the matrix out: it would outweigh all the rest. */
const MAX_REPORT_CLASSES = 200

/**
 * Confusion matrix, curves and calibration of one model as the report holds them; what is
 * undefined is absent. `labels[c]` names class `c`.
 */
export function classificationDetails(
  answers: ClassificationAnswers,
  labels: readonly ClassLabel[],
  shared: ClassificationShared = classificationShared(answers),
): ModelDetails {
  const { confusion, curves } = shared
  const cells = confusionRows(confusion)
  const calibration = calibrationCurve(answers)
  return {
    ...(cells === null ? {} : { confusion: cells }),
    ...(curves === null
      ? {}
      : {
          roc: curves.map((entry) => labelled(entry, 'roc', labels)),
          precisionRecall: curves.map((entry) => labelled(entry, 'precisionRecall', labels)),
        }),
    ...(calibration === null ? {} : { calibration }),
  }
}

function confusionRows({ cells, classes }: ConfusionMatrix): number[][] | null {
  if (cells === null || classes > MAX_REPORT_CLASSES) return null
  return Array.from({ length: classes }, (_, truth) =>
    Array.from(cells.subarray(truth * classes, (truth + 1) * classes)),
  )
}

function labelled(
  curves: ClassCurves,
  kind: 'roc' | 'precisionRecall',
  labels: readonly ClassLabel[],
): ClassCurve {
  return { label: labels[curves.classIndex] ?? String(curves.classIndex), ...curves[kind] }
}
