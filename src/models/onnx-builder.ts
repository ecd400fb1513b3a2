import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  TensorProto_DataType as DataType,
  type AttributeProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf'

/** Building blocks of ONNX files, with the names that `onnx.helper` gives them in Python. */
export type Node = MessageInitShape<typeof NodeProtoSchema>
export type Tensor = MessageInitShape<typeof TensorProtoSchema>
export type Value = MessageInitShape<typeof ValueInfoProtoSchema>
export type Attribute = MessageInitShape<typeof AttributeProtoSchema>
export type Dim = number | string | null

export interface GraphParts {
  readonly producer: string
  readonly nodes: readonly Node[]
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly tensors?: readonly Tensor[]
  readonly irVersion?: number
  readonly opset?: number
  readonly mlOpset?: number
  readonly domains?: readonly { domain: string; version: bigint }[]
}

/** A whole model file. Opset 17 and IR version 8 unless told, which every runtime loads. */
export function model(parts: GraphParts): Uint8Array<ArrayBuffer> {
  const { nodes, inputs, outputs, tensors = [], irVersion = 8, opset = 17, mlOpset } = parts
  const domains = [
    { domain: '', version: BigInt(opset) },
    ...(mlOpset === undefined ? [] : [{ domain: 'ai.onnx.ml', version: BigInt(mlOpset) }]),
    ...(parts.domains ?? []),
  ]
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: BigInt(irVersion),
      producerName: parts.producer,
      opsetImport: domains,
      graph: {
        name: 'graph',
        node: [...nodes],
        input: [...inputs],
        output: [...outputs],
        initializer: [...tensors],
      },
    }),
  )
}

export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attribute: readonly Attribute[] = [],
  domain = '',
): Node {
  const name = `${opType}_${output[0] ?? ''}`
  return { opType, name, input: [...input], output: [...output], attribute: [...attribute], domain }
}

export function value(name: string, elemType: DataType, dims: readonly Dim[]): Value {
  const dim = dims.map((size) => ({
    value:
      typeof size === 'number'
        ? ({ case: 'dimValue', value: BigInt(size) } as const)
        : size === null
          ? ({ case: undefined } as const)
          : ({ case: 'dimParam', value: size } as const),
  }))
  return { name, type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } } }
}

export function floats(name: string, dims: readonly number[], data: ArrayLike<number>): Tensor {
  return raw(name, DataType.FLOAT, dims, Float32Array.from(data))
}

export function doubles(name: string, dims: readonly number[], data: ArrayLike<number>): Tensor {
  return raw(name, DataType.DOUBLE, dims, Float64Array.from(data))
}

export function int64s(name: string, dims: readonly number[], data: ArrayLike<number>): Tensor {
  return raw(name, DataType.INT64, dims, BigInt64Array.from(Array.from(data, BigInt)))
}

export const attribute = {
  int: (name: string, i: number): Attribute => ({ name, type: AttributeType.INT, i: BigInt(i) }),
  float: (name: string, f: number): Attribute => ({ name, type: AttributeType.FLOAT, f }),
  text: (name: string, s: string): Attribute => ({
    name,
    type: AttributeType.STRING,
    s: utf8(s),
  }),
  ints: (name: string, ints: readonly number[]): Attribute => ({
    name,
    type: AttributeType.INTS,
    ints: ints.map(BigInt),
  }),
  floats: (name: string, values: readonly number[]): Attribute => ({
    name,
    type: AttributeType.FLOATS,
    floats: [...values],
  }),
  texts: (name: string, texts: readonly string[]): Attribute => ({
    name,
    type: AttributeType.STRINGS,
    strings: texts.map(utf8),
  }),
  tensor: (name: string, t: Tensor): Attribute => ({ name, type: AttributeType.TENSOR, t }),
}

export { DataType }

type Elements = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>

function raw(name: string, dataType: DataType, dims: readonly number[], data: Elements): Tensor {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { name, dataType, dims: dims.map(BigInt), rawData }
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
