import type { GraphProto, NodeProto } from 'onnx-buf'
import { quoted } from '../core/display-text'
import { decodeModel } from './decode-model'

/**
 * The nodes of a model that are of one operator type, subgraphs and functions included, as words:
 * `node "a"`, `node "a" and 2 more`. Null where there is none, or the file cannot be read.
 */
export function operatorNodes(bytes: Uint8Array, opType: string): string | null {
  const model = decodeModel(bytes)
  if (model instanceof Error) return null
  const found: Found = { first: null, count: 0 }
  for (const { node } of model.functions) findIn(node, opType, found)
  if (model.graph !== undefined) findIn(model.graph.node, opType, found)
  const { first, count } = found
  if (first === null) return null
  const { name, output } = first
  const node =
    name === '' ? `the node that gives ${quoted(output[0] ?? '')}` : `node ${quoted(name)}`
  return count === 1 ? node : `${node} and ${String(count - 1)} more`
}

interface Found {
  first: NodeProto | null
  count: number
}

/** The decoder's depth limit bounds the recursion through subgraphs. */
function findIn(nodes: readonly NodeProto[], opType: string, found: Found): void {
  for (const node of nodes) {
    if (node.opType === opType) {
      found.first ??= node
      found.count += 1
    }
    for (const { g, graphs } of node.attribute) {
      const inner: readonly GraphProto[] = g === undefined ? graphs : [g]
      for (const graph of inner) findIn(graph.node, opType, found)
    }
  }
}
