import { TENSOR_LIST_BYTES } from '../../core/caps'
import { fromBinary } from '@bufbuild/protobuf'
import { BinaryReader } from '@bufbuild/protobuf/wire'
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  type TensorProto,
} from 'onnx-buf'
import { Refusal } from '../../core/refusal'
import { corruptArray, elementCount, shapeText, type ElementKind } from '../arrays/array-header'
import { decodeElements, type Elements } from '../arrays/decode-elements'

export interface OnnxTensor {
  /** Empty where the file says none. */
  readonly name: string
  readonly shape: readonly number[]
  readonly elements: Elements
}

const KINDS: ReadonlyMap<number, readonly [ElementKind, number]> = new Map([
  [DataType.FLOAT, ['float32', 4]],
  [DataType.DOUBLE, ['float64', 8]],
  [DataType.FLOAT16, ['float16', 2]],
  [DataType.INT8, ['int8', 1]],
  [DataType.UINT8, ['uint8', 1]],
  [DataType.INT16, ['int16', 2]],
  [DataType.UINT16, ['uint16', 2]],
  [DataType.INT32, ['int32', 4]],
  [DataType.UINT32, ['uint32', 4]],
  [DataType.INT64, ['int64', 8]],
  [DataType.UINT64, ['uint64', 8]],
  [DataType.BOOL, ['bool', 1]],
])
/** Numbers of these fields of `TensorProto` take up to 24 bytes each where a file gives them one. */
const LIST_FIELDS = new Set([1, 4, 5, 6, 7, 10, 11])

/**
 * Reads a tensor as ONNX's test data holds it: one serialised `TensorProto`, its numbers as raw bytes
 * or as a list.
 * @throws {Refusal}
 */
export function readTensor(bytes: Uint8Array): OnnxTensor {
  const tensor = decode(bytes)
  if (tensor.dataLocation === DataLocation.EXTERNAL) {
    throw new Refusal('data-malformed', 'keeps its numbers in another file', 'Save them inside it.')
  }
  const shape = tensor.dims.map(Number)
  const count = elementCount(shape)
  const elements = elementsOf(tensor)
  const found = elements.kind === 'texts' ? elements.texts.length : elements.values.length
  if (found !== count) {
    throw corruptArray(
      `declares ${shapeText(shape)}, ${String(count)} elements, and holds ${String(found)}`,
    )
  }
  return { name: tensor.name, shape, elements }
}

function decode(bytes: Uint8Array): TensorProto {
  try {
    checkLists(bytes)
    return fromBinary(TensorProtoSchema, bytes)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw corruptArray('cannot be read as a tensor: it is cut short or damaged')
  }
}

/** Before anything is decoded: lists become objects many times their size. */
function checkLists(bytes: Uint8Array): void {
  const reader = new BinaryReader(bytes)
  let listed = 0
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag()
    const start = reader.pos
    reader.skip(wireType, field)
    if (LIST_FIELDS.has(field)) listed += reader.pos - start
    if (listed > TENSOR_LIST_BYTES) {
      throw new Refusal(
        'file-too-large',
        `holds a list of more than ${String(TENSOR_LIST_BYTES / 2 ** 20)} MiB`,
        'Save its numbers as raw data: onnx.numpy_helper.from_array(array).',
      )
    }
  }
}

function elementsOf(tensor: TensorProto): Elements {
  const { dataType, rawData } = tensor
  if (dataType === DataType.STRING) {
    const decoder = new TextDecoder()
    return { kind: 'texts', texts: tensor.stringData.map((text) => decoder.decode(text)) }
  }
  if (dataType === DataType.BFLOAT16) return fromBrainFloats(tensor)
  const kind = KINDS.get(dataType)
  if (kind === undefined) {
    const name = DataType[dataType] ?? String(dataType)
    const advice = 'Save the tensor with a numeric type that JavaScript has.'
    throw new Refusal(
      'data-malformed',
      `holds elements of type ${name}, which are not read`,
      advice,
    )
  }
  const [element, itemBytes] = kind
  const raw = rawData.length > 0 ? rawData : listedBytes(tensor, element)
  if (raw.length % itemBytes !== 0) throw corruptArray('ends within a number')
  return decodeElements(raw, { element, itemBytes, isLittleEndian: true })
}

/** Numbers of a list in the bytes that their type has. */
function listedBytes(tensor: TensorProto, element: ElementKind): Uint8Array {
  const { int32Data, int64Data, uint64Data, floatData, doubleData } = tensor
  const list = {
    float32: () => Float32Array.from(floatData),
    float64: () => Float64Array.from(doubleData),
    int8: () => Int8Array.from(int32Data),
    uint8: () => Uint8Array.from(int32Data),
    bool: () => Uint8Array.from(int32Data),
    int16: () => Int16Array.from(int32Data),
    uint16: () => Uint16Array.from(int32Data),
    float16: () => Uint16Array.from(int32Data),
    int32: () => Int32Array.from(int32Data),
    uint32: () => Uint32Array.from(uint64Data, Number),
    int64: () => BigInt64Array.from(int64Data),
    uint64: () => BigUint64Array.from(uint64Data),
    unicode: () => new Uint8Array(),
    bytes: () => new Uint8Array(),
  }[element]()
  return new Uint8Array(list.buffer)
}

/** The upper half of a float32. */
function fromBrainFloats({ rawData, int32Data }: TensorProto): Elements {
  if (rawData.length % 2 !== 0) throw corruptArray('ends within a number')
  const bits =
    rawData.length > 0 ? new Uint16Array(rawData.slice().buffer) : Uint16Array.from(int32Data)
  const words = Uint32Array.from(bits, (half) => half << 16)
  return { kind: 'numbers', values: new Float32Array(words.buffer), rounded: 0 }
}
