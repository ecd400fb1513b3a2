import { DataType, floats, int64s, model, node, value } from '../fixtures/onnx-builder'

/** The type of an attribute that holds a graph. */
const GRAPH = 5
/** 285 years at a nanosecond each. */
const TRIPS = 2 ** 53

/** Takes a product of matrices round and round in a Loop that no one lives to see the end of. */
export function endlessModel(features: number, classes: number): Uint8Array<ArrayBuffer> {
  const weights = Array.from({ length: features * classes }, (_, i) => Math.sin(i) / 8)
  const body = {
    name: 'body',
    node: [node('Identity', ['go'], ['goes']), node('Tanh', ['v'], ['w'])],
    input: [
      value('i', DataType.INT64, []),
      value('go', DataType.BOOL, []),
      value('v', DataType.FLOAT, ['N', classes]),
    ],
    output: [value('goes', DataType.BOOL, []), value('w', DataType.FLOAT, ['N', classes])],
  }
  return Uint8Array.from(
    model({
      nodes: [
        node('MatMul', ['features', 'W'], ['start']),
        node('Loop', ['trips', '', 'start'], ['logits'], [{ name: 'body', type: GRAPH, g: body }]),
      ],
      inputs: [value('features', DataType.FLOAT, ['N', features])],
      outputs: [value('logits', DataType.FLOAT, ['N', classes])],
      tensors: [floats('W', [features, classes], weights), int64s('trips', [], [TRIPS])],
    }),
  )
}
