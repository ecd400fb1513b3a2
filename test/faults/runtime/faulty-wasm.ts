import * as ort from 'onnxruntime-web/wasm'
import { faultySessions } from './faulty-sessions'

export * from 'onnxruntime-web/wasm'
export const InferenceSession = faultySessions(ort, 'wasm')
