import { TensorProto_DataType as DataType } from 'onnx-buf'
import type { TensorType } from '../core/model'

const TYPES: ReadonlyMap<number, TensorType> = new Map([
  [DataType.FLOAT, 'float32'],
  [DataType.DOUBLE, 'float64'],
  [DataType.FLOAT16, 'float16'],
  [DataType.BFLOAT16, 'bfloat16'],
  [DataType.INT8, 'int8'],
  [DataType.UINT8, 'uint8'],
  [DataType.INT16, 'int16'],
  [DataType.UINT16, 'uint16'],
  [DataType.INT32, 'int32'],
  [DataType.UINT32, 'uint32'],
  [DataType.INT64, 'int64'],
  [DataType.UINT64, 'uint64'],
  [DataType.BOOL, 'bool'],
  [DataType.STRING, 'string'],
])

const BITS: ReadonlyMap<number, number> = new Map([
  [DataType.COMPLEX128, 128],
  [DataType.DOUBLE, 64],
  [DataType.INT64, 64],
  [DataType.UINT64, 64],
  [DataType.COMPLEX64, 64],
  [DataType.FLOAT, 32],
  [DataType.INT32, 32],
  [DataType.UINT32, 32],
  [DataType.FLOAT16, 16],
  [DataType.BFLOAT16, 16],
  [DataType.INT16, 16],
  [DataType.UINT16, 16],
  [DataType.UINT4, 4],
  [DataType.INT4, 4],
  [DataType.FLOAT4E2M1, 4],
  [DataType.UINT2, 2],
  [DataType.INT2, 2],
])

/** ONNX element type number → ONNX Runtime's name; `other` for complex, 8-bit float and below. */
export function tensorType(dataType: number): TensorType {
  return TYPES.get(dataType) ?? 'other'
}

/** Bits of one element in packed storage; 8 for one-byte types and for texts (at the least). */
export function elementBits(dataType: number): number {
  return BITS.get(dataType) ?? 8
}
