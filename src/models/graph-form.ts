import type { ModelProto } from 'onnx-buf'

/** One line of the registry in `decode-model.ts`: a way in which files hold a graph. */
export interface GraphForm {
  readonly format: 'onnx' | 'ort'
  /** Judges by the first bytes, never by the name. */
  readonly accepts: (bytes: Uint8Array) => boolean
  /** The header, as ONNX has it; throws where the file is cut short or damaged. */
  readonly decode: (bytes: Uint8Array) => ModelProto
  /** Whether a changed graph can be written back in this form. */
  readonly isWritable: boolean
  /** Why WASM alone runs it, in one sentence; null where that depends on what it holds. */
  readonly wasmOnly: string | null
}
