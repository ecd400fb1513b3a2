import type { TensorType } from '../core/model'

/** What a model input of one element type takes. */
export interface ElementType {
  readonly bytes: number
  /** Smallest and largest finite float64 that the type holds once rounded. */
  readonly min: number
  readonly max: number
  readonly isInteger: boolean
}

const FLOAT32_MAX = 3.4028235677973362e38
const FLOAT16_MAX = 65519.99999999999

function float(bytes: number, max: number): ElementType {
  return { bytes, min: -max, max, isInteger: false }
}

function integer(bytes: number, min: number, max: number): ElementType {
  return { bytes, min, max, isInteger: true }
}

/** The element types that rows can be written as; `string` is not one of them. */
const ELEMENT_TYPES: ReadonlyMap<TensorType, ElementType> = new Map([
  ['float32', float(4, FLOAT32_MAX)],
  ['float64', float(8, Number.MAX_VALUE)],
  ['float16', float(2, FLOAT16_MAX)],
  ['int8', integer(1, -(2 ** 7), 2 ** 7 - 1)],
  ['uint8', integer(1, 0, 2 ** 8 - 1)],
  ['int16', integer(2, -(2 ** 15), 2 ** 15 - 1)],
  ['uint16', integer(2, 0, 2 ** 16 - 1)],
  ['int32', integer(4, -(2 ** 31), 2 ** 31 - 1)],
  ['uint32', integer(4, 0, 2 ** 32 - 1)],
  // The largest float64 below 2^63 and 2^64.
  ['int64', integer(8, -(2 ** 63), 2 ** 63 - 2 ** 10)],
  ['uint64', integer(8, 0, 2 ** 64 - 2 ** 11)],
  ['bool', integer(1, 0, 1)],
])

export function elementType(type: TensorType): ElementType | null {
  return ELEMENT_TYPES.get(type) ?? null
}
