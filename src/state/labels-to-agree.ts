import type { AlikeLabels } from '../core/task'
import type { SetupChoices } from './choices-within'

/** Agrees that labels are classes of their own, whichever look alike. */
export const ANY_LABELS = 'any'

/** Labels that look alike, and whether it was agreed that they are classes of their own. */
export interface LabelsToAgree extends AlikeLabels {
  readonly isAgreed: boolean
}

/** Null where no label looks like another. */
export function labelsToAgree(
  alike: AlikeLabels | undefined,
  { distinctLabels }: SetupChoices,
): LabelsToAgree | null {
  if (alike === undefined) return null
  const isAgreed = distinctLabels === ANY_LABELS || distinctLabels === alike.key
  return { ...alike, isAgreed }
}
