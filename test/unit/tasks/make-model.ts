import type { Dimension, ModelInfo, TensorType, ValueInfo } from '../../../src/core/model'

export function value(
  name: string,
  type: TensorType,
  shape: readonly Dimension[] | null,
  isTensor = true,
): ValueInfo {
  return { name, type, shape, isTensor }
}

/** A model header as the reader would give it. */
export function makeModel(
  name: string,
  inputs: readonly ValueInfo[],
  outputs: readonly ValueInfo[],
  classLabels: readonly string[] | null = null,
): ModelInfo {
  return {
    id: name,
    name,
    fileName: `${name}.onnx`,
    format: 'onnx',
    bytes: 100,
    sha256: '',
    producer: '',
    irVersion: 8,
    opset: 17,
    domains: [],
    external: [],
    parameters: 0,
    operators: [],
    cpuOperators: [],
    metadata: [],
    inputs,
    outputs,
    classLabels,
    wasmOnly: null,
    usesFloat16: false,
    policy: null,
    notes: [],
    warnings: [],
  }
}
