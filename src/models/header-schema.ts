import { clone, createFileRegistry } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import { file_onnx, ModelProtoSchema } from 'onnx-buf'

/**
 * Fields that a model's header does without: the numbers of typed initialisers and of trees, and
 * prose. Left in, one byte of an int64 list would become a bigint of some 24 bytes.
 */
const LEFT_OUT: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'TensorProto',
    new Set([
      'float_data',
      'int32_data',
      'int64_data',
      'double_data',
      'uint64_data',
      'string_data',
      'doc_string',
      'metadata_props',
    ]),
  ],
  ['AttributeProto', new Set(['floats', 'doc_string'])],
  ['NodeProto', new Set(['doc_string', 'metadata_props', 'device_configurations'])],
  [
    'GraphProto',
    new Set(['value_info', 'quantization_annotation', 'doc_string', 'metadata_props']),
  ],
  ['ModelProto', new Set(['training_info', 'doc_string', 'configuration'])],
])

/**
 * `ModelProto` without the fields above: a decoder steps over them, keeping views of their bytes
 * as unknown fields. They are `undefined` on the messages, whatever the type says.
 */
export const HeaderSchema: typeof ModelProtoSchema = buildHeaderSchema()

function buildHeaderSchema(): typeof ModelProtoSchema {
  const file = clone(FileDescriptorProtoSchema, file_onnx.proto)
  for (const message of file.messageType) {
    const left = LEFT_OUT.get(message.name)
    if (left !== undefined) message.field = message.field.filter(({ name }) => !left.has(name))
  }
  const schema = createFileRegistry(file, () => undefined).getMessage(ModelProtoSchema.typeName)
  return schema as typeof ModelProtoSchema
}
