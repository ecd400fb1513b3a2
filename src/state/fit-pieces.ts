import type { Preparation } from '../contract/reader'
import type { DatasetInfo } from '../core/dataset'
import type { EvaluationPlan } from '../engine/plan'

/** A piece's images are decoded before its first batch, photos in a tenth of a second each. */
const IMAGES_PER_PIECE = 256

/** The plan with pieces that suit what is asked and of what. */
export function fitPieces(
  plan: EvaluationPlan,
  { pieces, rows }: Pick<Preparation, 'pieces' | 'rows'>,
  dataset: DatasetInfo | null,
): EvaluationPlan {
  // Windows are answered side by side or not at all: one piece holds them all.
  if (pieces !== null) return { ...plan, pieceRows: rows }
  if (dataset?.images === undefined) return plan
  return { ...plan, pieceRows: Math.min(plan.pieceRows, IMAGES_PER_PIECE) }
}
