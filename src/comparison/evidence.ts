import type { MetricValue } from '../core/metric'
import type { RankOrder } from '../statistics/rank-order'

/**
 * What is kept of a model's answers until all models are scored and can be compared: some 5 bytes a
 * row for labels, 20 for scores of two classes.
 */
export type Evidence = ClassificationEvidence | RegressionEvidence | PolicyEvidence | ParityEvidence

interface EvidenceOf<Kind extends string> {
  readonly kind: Kind
  /** By metric id. */
  readonly metrics: Readonly<Record<string, MetricValue>>
}

export interface ClassificationEvidence extends EvidenceOf<'classification'> {
  /** The comparison's classes, and foreign labels that this model answered. */
  readonly classes: number
  readonly predicted: Int32Array
  /** Null for models that answer labels alone. */
  readonly scores: ScoreEvidence | null
}

/** Of a model that gives probabilities, by row. */
export interface ScoreEvidence {
  readonly logLoss: Float32Array
  readonly brier: Float32Array
  /** 1 or 0; null where that metric is undefined. */
  readonly isInTop5: Uint8Array | null
  /** Calibration bin of the most probable class. */
  readonly bins: Uint8Array
  /** 1 or 0 for right or wrong, minus the confidence. */
  readonly gaps: Float32Array
  /**
   * Rows by the score of the second of two classes, or of each of more; null where rows × classes
   * are too many to keep.
   */
  readonly rankings: readonly RankOrder[] | null
}

export interface RegressionEvidence extends EvidenceOf<'regression'> {
  readonly predicted: Float32Array | Float64Array
}

export interface ParityEvidence extends EvidenceOf<'parity'> {
  readonly rows: number
  /** The model that others are held against: its own figures are certain. */
  readonly isReference: boolean
  /** By row, over its numbers: the mean difference, and that of its squares; null without a size. */
  readonly means: { readonly absolute: Float64Array; readonly squared: Float64Array } | null
}

export interface PolicyEvidence extends EvidenceOf<'policy'> {
  /** From bar to bar over the whole range; null where one is undefined, as after ruin. */
  readonly returns: Float64Array | null
  readonly periodsPerYear: number
  /** By walk-forward window, by metric id. */
  readonly windows: readonly Readonly<Record<string, MetricValue>>[]
}
