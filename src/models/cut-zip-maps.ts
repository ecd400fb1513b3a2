import { create } from '@bufbuild/protobuf'
import {
  TensorProto_DataType as DataType,
  ValueInfoProtoSchema,
  type ModelProto,
  type NodeProto,
} from 'onnx-buf'
import { classLabels } from './class-labels'

/**
 * Takes every `ZipMap` of `ai.onnx.ml` whose map is only given out away from the graph, and gives out
 * its input in its place: a float tensor of one score per class, in the order of the node's labels.
 * Changes `model`; a map that another node reads stays.
 * @returns the nodes that were cut, which name the classes
 */
export function cutZipMaps(model: ModelProto): readonly NodeProto[] {
  const { graph } = model
  if (graph === undefined) return []
  const outputs = new Set(graph.output.map(({ name }) => name))
  const read = new Set(graph.node.flatMap(({ input }) => input))
  const cut = new Map<string, NodeProto>()
  for (const node of graph.node) {
    const [map = ''] = node.output
    if (isZipMap(node) && outputs.has(map) && !read.has(map)) cut.set(map, node)
  }
  if (cut.size === 0) return []
  const nodes = new Set(cut.values())
  graph.node = graph.node.filter((node) => !nodes.has(node))
  const given = new Set<string>()
  graph.output = graph.output.flatMap((output) => {
    const node = cut.get(output.name)
    const value = node === undefined ? output : scoresOf(node)
    // The scores may be an output of their own beside the map.
    if (given.has(value.name) || (node !== undefined && outputs.has(value.name))) return []
    given.add(value.name)
    return [value]
  })
  return [...nodes]
}

function isZipMap({ domain, opType, input, output }: NodeProto): boolean {
  const isNamed = domain === 'ai.onnx.ml' && opType === 'ZipMap'
  return isNamed && input.length === 1 && input[0] !== '' && output.length === 1
}

/** Of ZipMap's input the standard says float, rows × classes. */
function scoresOf(node: NodeProto) {
  const classes = classLabels([node])?.length
  const columns =
    classes === undefined
      ? ({ case: undefined } as const)
      : ({ case: 'dimValue', value: BigInt(classes) } as const)
  const dim = [{ value: { case: undefined } as const }, { value: columns }]
  return create(ValueInfoProtoSchema, {
    name: node.input[0] ?? '',
    type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT, shape: { dim } } } },
  })
}
