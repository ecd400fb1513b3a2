import { decodeOrt } from './decode-ort'
import type { GraphForm } from './graph-form'

/** The file identifier of FlatBuffers, behind four bytes: `ORTM`. */
const IDENTIFIER = [0x4f, 0x52, 0x54, 0x4d]

/** ONNX Runtime's own format: a FlatBuffers file that says so. */
export const ort: GraphForm = {
  format: 'ort',
  accepts: (bytes) => IDENTIFIER.every((byte, place) => bytes[4 + place] === byte),
  decode: decodeOrt,
  isWritable: false,
  wasmOnly: 'Is in the ORT format, whose operators were chosen for the CPU.',
}
