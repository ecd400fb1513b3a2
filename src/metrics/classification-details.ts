import type { ClassificationAnswers } from '../core/metric'
import type { ClassCurve, ModelDetails } from '../core/report'
import type { ClassLabel } from '../core/task'
import { calibrationCurve } from './calibration-curve'
import type { ClassCurves } from './class-curves'
import { classificationShared, type ClassificationShared } from './classification-shared'
import type { ConfusionMatrix } from './confusion-matrix'
import { scoreHistograms } from './score-histograms'

/** Above this many classes a report leaves matrix and histograms out: they would outweigh the rest. */
const MAX_REPORT_CLASSES = 200

/**
 * Confusion matrix, curves, calibration and scores of one model as the report holds them; what is
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
  const histograms = answers.classes > MAX_REPORT_CLASSES ? null : scoreHistograms(answers)
  return {
    ...(cells === null ? {} : { confusion: cells }),
    ...(curves === null
      ? {}
      : {
          roc: curves.map((entry) => labelled(entry, 'roc', labels)),
          precisionRecall: curves.map((entry) => labelled(entry, 'precisionRecall', labels)),
        }),
    ...(calibration === null ? {} : { calibration }),
    ...(histograms === null
      ? {}
      : {
          scores: histograms.map(({ classIndex, ...counts }) => ({
            label: labelOf(labels, classIndex),
            ...counts,
          })),
        }),
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
  return { label: labelOf(labels, curves.classIndex), ...curves[kind] }
}

function labelOf(labels: readonly ClassLabel[], index: number): ClassLabel {
  return labels[index] ?? String(index)
}
