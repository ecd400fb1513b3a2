import type { CapBreach } from '../../core/caps'
import { Refusal } from '../../core/refusal'

/** A policy of a kind that is not read here. */
export function unsupportedPolicy(finding: string): Refusal {
  return new Refusal(
    'model-unsupported',
    finding,
    'Export the policy to ONNX in Python (torch.onnx.export of model.policy) and add the .onnx file instead.',
  )
}

/** A file in which something contradicts something else. */
export function corruptPolicy(finding: string, cap: CapBreach | null = null): Refusal {
  const advice = 'Copy or download the file again, or save the model once more.'
  return new Refusal('model-corrupt', finding, advice, cap)
}
