import { fromBinary } from '@bufbuild/protobuf'
import type { ModelProto } from 'onnx-buf'
import { errorText } from '../core/failure'
import { decodeOrt, isOrt } from './decode-ort'
import { HeaderSchema } from './header-schema'

/** Errors come back as values: hostile nesting and cut files are ordinary input here. */
export function decodeModel(bytes: Uint8Array): ModelProto | Error {
  try {
    if (isOrt(bytes)) return decodeOrt(bytes)
    return fromBinary(HeaderSchema, bytes)
  } catch (error) {
    return error instanceof Error ? error : new Error(errorText(error))
  }
}
