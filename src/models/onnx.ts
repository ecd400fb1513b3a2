import { fromBinary } from '@bufbuild/protobuf'
import type { GraphForm } from './graph-form'
import { HeaderSchema } from './header-schema'

/** Protobuf has no signature: it takes whatever no other form claims, and decoding has the last word. */
export const onnx: GraphForm = {
  format: 'onnx',
  accepts: () => true,
  decode: (bytes) => fromBinary(HeaderSchema, bytes),
  isWritable: true,
  wasmOnly: null,
}
