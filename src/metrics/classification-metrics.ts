import type { ClassificationAnswers, MetricInfo, MetricValue } from '../core/metric'
import { accuracy } from './accuracy'
import { balancedAccuracy } from './balanced-accuracy'
import { brier } from './brier'
import type { ClassificationShared } from './classification-shared'
import { cohenKappa } from './cohen-kappa'
import { ece } from './ece'
import { f1Macro } from './f1-macro'
import { f1Micro } from './f1-micro'
import { f1Weighted } from './f1-weighted'
import { logLoss } from './log-loss'
import { mcc } from './mcc'
import { prAuc } from './pr-auc'
import { precisionMacro } from './precision-macro'
import { recallMacro } from './recall-macro'
import { rocAuc } from './roc-auc'
import { top5Accuracy } from './top5-accuracy'

export interface ClassificationMetric extends MetricInfo {
  readonly compute: (answers: ClassificationAnswers, shared: ClassificationShared) => MetricValue
}

export const DEFAULT_CLASSIFICATION_METRIC = 'accuracy'

type Line = readonly [
  id: string,
  label: string,
  unit: MetricInfo['unit'],
  direction: MetricInfo['direction'],
  compute: ClassificationMetric['compute'],
  description: string,
]

// prettier-ignore
const lines: readonly Line[] = [
  ['accuracy', 'Accuracy', 'share', 'higher', accuracy, 'Share of rows answered right.'],
  ['balancedAccuracy', 'Balanced accuracy', 'share', 'higher', balancedAccuracy, 'Mean share answered right per class, so that rare classes weigh as much as common ones.'],
  ['precisionMacro', 'Precision (macro)', 'share', 'higher', precisionMacro, 'Of the rows answered with a class, the share that are of it; mean over classes.'],
  ['recallMacro', 'Recall (macro)', 'share', 'higher', recallMacro, 'Of the rows of a class, the share answered with it; mean over classes.'],
  ['f1Macro', 'F1 (macro)', 'share', 'higher', f1Macro, 'Harmonic mean of precision and recall; mean over classes.'],
  ['f1Micro', 'F1 (micro)', 'share', 'higher', f1Micro, 'F1 over all classes counted together; equal to accuracy with one class per row.'],
  ['f1Weighted', 'F1 (weighted)', 'share', 'higher', f1Weighted, 'F1 per class, weighted by the rows of the class.'],
  ['mcc', 'MCC', 'score', 'higher', mcc, 'Matthews correlation of true and answered class, −1 to 1; 0 is chance.'],
  ['cohenKappa', 'Cohen’s kappa', 'score', 'higher', cohenKappa, 'Agreement beyond what the class shares alone would give; 0 is chance, 1 is full.'],
  ['logLoss', 'Log loss', 'score', 'lower', logLoss, 'Mean negative log of the probability given to the true class, in nats.'],
  ['brier', 'Brier score', 'score', 'lower', brier, 'Mean squared distance of the probabilities from the truth; 0 is perfect.'],
  ['rocAuc', 'ROC AUC', 'share', 'higher', rocAuc, 'How often a row of a class scores above a row of another; 0.5 is chance. Mean over classes.'],
  ['prAuc', 'PR AUC', 'share', 'higher', prAuc, 'Average precision: precision over all recall levels; mean over classes.'],
  ['top5Accuracy', 'Top-5 accuracy', 'share', 'higher', top5Accuracy, 'Share of rows whose true class is among the five most probable.'],
  ['ece', 'ECE', 'share', 'lower', ece, 'Expected calibration error: mean gap between confidence and accuracy, over 15 bins.'],
]

/**
 * Every metric of a classification, in the order of the leaderboard. A new one is its file, its
 * test and one line above. Pass one {@link ClassificationShared} per model to all of them.
 */
export const classificationMetrics: readonly ClassificationMetric[] = lines.map(
  ([id, label, unit, direction, compute, description]) => ({
    id,
    label,
    direction,
    unit,
    description,
    compute,
  }),
)
