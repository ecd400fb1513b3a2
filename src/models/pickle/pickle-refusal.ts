import type { CapBreach } from '../../core/caps'
import { displayText } from '../../core/display-text'
import { Refusal } from '../../core/refusal'

/** A pickle that is cut, changed on its way, or no pickle. */
export function corruptPickle(finding: string, cap: CapBreach | null = null): Refusal {
  const advice = 'Copy or download the file again, or save it once more.'
  return new Refusal('model-corrupt', `holds a damaged Python pickle (${finding})`, advice, cap)
}

/** A pickle that wants something run: `what` names it, as `posix.system`. */
export function pickleWithCode(what: string): Refusal {
  const shown = displayText(what, 80)
  return new Refusal(
    'file-unsafe',
    `contains code (${shown}), not opened`,
    'Bakeoff reads data only and runs nothing from a file; if you trust it, export the policy to ONNX in Python and add that instead.',
  )
}
