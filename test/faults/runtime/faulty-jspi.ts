import * as ort from 'onnxruntime-web/jspi'
import { faultySessions } from './faulty-sessions'

export * from 'onnxruntime-web/jspi'
export const InferenceSession = faultySessions(ort, 'webgpu')
