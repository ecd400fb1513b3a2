import type { ModelProto } from 'onnx-buf'
import { errorText } from '../core/failure'
import type { GraphForm } from './graph-form'
import { onnx } from './onnx'
import { ort } from './ort'

/** Every form of a graph; the first that accepts a file reads it. */
const FORMS: readonly GraphForm[] = [ort, onnx]

/** The form in which a file holds a graph; what none accepts may still be ONNX. */
export function formOf(bytes: Uint8Array): GraphForm {
  return FORMS.find(({ accepts }) => accepts(bytes)) ?? onnx
}

/** Errors come back as values: hostile nesting and cut files are ordinary input here. */
export function decodeModel(
  bytes: Uint8Array,
  form: GraphForm = formOf(bytes),
): ModelProto | Error {
  try {
    return form.decode(bytes)
  } catch (error) {
    return error instanceof Error ? error : new Error(errorText(error))
  }
}
