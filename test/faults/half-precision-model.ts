import { attribute, DataType, floats, model, node, value } from '../fixtures/onnx-builder'

/** float32 in and out, one product of float16 matrices between. */
export function halfPrecisionModel(features: number, classes: number): Uint8Array<ArrayBuffer> {
  const weights = Array.from({ length: features * classes }, (_, i) => Math.sin(i) / 8)
  const to = (type: DataType) => [attribute.int('to', type)]
  return Uint8Array.from(
    model({
      nodes: [
        node('Cast', ['features'], ['x16'], to(DataType.FLOAT16)),
        node('Cast', ['W'], ['w16'], to(DataType.FLOAT16)),
        node('MatMul', ['x16', 'w16'], ['y16']),
        node('Cast', ['y16'], ['logits'], to(DataType.FLOAT)),
      ],
      inputs: [value('features', DataType.FLOAT, ['N', features])],
      outputs: [value('logits', DataType.FLOAT, ['N', classes])],
      tensors: [floats('W', [features, classes], weights)],
    }),
  )
}
