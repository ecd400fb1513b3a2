import type { TensorType, ValueInfo } from '../core/model'
import { quoted } from '../core/display-text'
import type { ModelSurvey } from './survey-model'

/** Element types for which the WebGPU build of ONNX Runtime Web 1.30 lacks most kernels. */
const WASM_TYPES: readonly TensorType[] = ['float64', 'string', 'int16', 'uint16', 'bfloat16']

/**
 * Why a model needs the plain WASM build, in one sentence; null where the WebGPU build can be
 * tried. That build has no operator of `ai.onnx.ml` at all, and cannot even load such a model.
 */
export function wasmOnlyReason(survey: ModelSurvey, outputs: readonly ValueInfo[]): string | null {
  const [operator] = survey.mlOperators
  if (operator !== undefined) {
    return `Uses the operator ${operator} of ai.onnx.ml, which only the WASM build has.`
  }
  for (const type of WASM_TYPES) {
    const where = survey.types.get(type)
    if (where !== undefined) {
      return `Uses ${type} tensors (${where}), which only the WASM build can compute with.`
    }
  }
  const other = outputs.find((output) => !output.isTensor)
  if (other !== undefined) {
    return `Its output ${quoted(other.name)} is a sequence or a map, which only the WASM build is known to give.`
  }
  return null
}
