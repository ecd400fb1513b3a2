import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  TensorProto_DataType as DataType,
  type ModelProto,
  type ValueInfoProtoSchema,
} from 'onnx-buf'
import { FlatBuffer, type FlatTable } from './flat-table'

const LABELS = /^classlabels_(ints|int64s|strings)$/

/**
 * The header of a model in ORT format as ONNX has it: operators, inputs, outputs and the sizes of weights.
 * Fields stand where onnxruntime/core/flatbuffers/schema/ort.fbs has them. Subgraphs are not looked into.
 * Throws a RangeError where the file is cut short or damaged.
 */
export function decodeOrt(bytes: Uint8Array): ModelProto {
  const model = new FlatBuffer(bytes).root.table(1)
  if (model === null) throw new RangeError('no model')
  const graph = model.table(7)
  return create(ModelProtoSchema, {
    irVersion: model.int64(0),
    opsetImport: model.tables(1).map((set) => ({ domain: set.text(0), version: set.int64(1) })),
    producerName: model.text(2),
    producerVersion: model.text(3),
    metadataProps: model.tables(9).map((entry) => ({ key: entry.text(0), value: entry.text(1) })),
    ...(graph === null ? {} : { graph: decodeGraph(graph) }),
  })
}

function decodeGraph(graph: FlatTable) {
  const values = new Map(graph.tables(1).map((value) => [value.text(0), value]))
  const described = (name: string) => describeValue(name, values.get(name) ?? null)
  return {
    initializer: graph.tables(0).flatMap((tensor) => {
      const dataType = tensor.int32(3)
      // Texts stand elsewhere, and are no parameters.
      if (dataType === (DataType.STRING as number)) return []
      const rawData = new Uint8Array(tensor.bytes(4))
      return [{ name: tensor.text(0), dims: [...tensor.int64s(2)], dataType, rawData }]
    }),
    node: graph.tables(2).map((node) => ({
      name: node.text(0),
      domain: node.text(2),
      opType: node.text(5),
      attribute: node.tables(10).flatMap(decodeLabels),
    })),
    input: graph.texts(5).map(described),
    output: graph.texts(6).map(described),
  }
}

/** Of attributes those alone that name classes. */
function decodeLabels(attribute: FlatTable) {
  const name = attribute.text(0)
  if (!LABELS.test(name)) return []
  const encoder = new TextEncoder()
  const [ints, texts] = [attribute.int64s(9), attribute.texts(10)]
  const type = texts.length > 0 ? AttributeType.STRINGS : AttributeType.INTS
  return [{ name, type, ints: [...ints], strings: texts.map((text) => encoder.encode(text)) }]
}

function describeValue(
  name: string,
  value: FlatTable | null,
): MessageInitShape<typeof ValueInfoProtoSchema> {
  const type = value?.table(2) ?? null
  if (type === null) return { name }
  const [kind, content] = [type.int8(1), type.table(2)]
  if (kind !== 1 || content === null) {
    return { name, type: { value: { case: 'sequenceType', value: {} } } }
  }
  const shape = content.table(1)
  const dim = shape?.tables(0).map((dimension) => {
    const size = dimension.table(0)
    if (size?.int8(0) === 1) return { value: { case: 'dimValue' as const, value: size.int64(1) } }
    if (size?.int8(0) === 2) return { value: { case: 'dimParam' as const, value: size.text(2) } }
    return {}
  })
  const tensor = { elemType: content.int32(0), ...(dim === undefined ? {} : { shape: { dim } }) }
  return { name, type: { value: { case: 'tensorType', value: tensor } } }
}
