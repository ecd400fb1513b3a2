import type { NodeProto } from 'onnx-buf'

/**
 * Class labels that nodes of `ai.onnx.ml` name, in score order, as text. Where several nodes name
 * them (a classifier and the ZipMap behind it) the last one speaks, unless an earlier one names
 * other classes: an ensemble's members may, and then nothing is known. Null too where none does.
 */
export function classLabels(nodes: readonly NodeProto[]): readonly string[] | null {
  const named = nodes.map(labelsOfNode).filter((labels) => labels.length > 0)
  const last = named.at(-1)
  if (last === undefined) return null
  const agree = named.every(
    (labels) => labels.length === last.length && labels.every((label, i) => label === last[i]),
  )
  return agree ? last : null
}

function labelsOfNode(node: NodeProto): readonly string[] {
  const decoder = new TextDecoder()
  const lists = node.attribute.map((attribute): readonly string[] => {
    switch (attribute.name) {
      case 'classlabels_strings':
        return attribute.strings.map((bytes) => decoder.decode(bytes))
      case 'classlabels_ints':
      case 'classlabels_int64s':
        return attribute.ints.map(String)
      default:
        return []
    }
  })
  return lists.find((labels) => labels.length > 0) ?? []
}
