import type { TensorValues } from '../../core/dataset'

/** What arrays of values are stored as, in fewer bytes where that loses nothing. */
export interface PackedValues {
  readonly stored: TensorValues
  /** Makes the array as it was given of one that is stored. */
  unpack(stored: TensorValues): TensorValues
}

/** Values in a type of fewer bytes; the lowest number of a type stands for NaN. */
type Narrow = 'int8' | 'int16' | 'int32' | 'float32'

const ARRAYS = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
} as const

const LIMITS = [
  ['int8', 2 ** 7],
  ['int16', 2 ** 15],
  ['int32', 2 ** 31],
] as const

/**
 * Stores float64 as whole numbers of fewer bytes or as float32, and codes as whole numbers of fewer
 * bytes, where every value comes back the same; −0 and NaN too. Other arrays stay as they are.
 */
export function packValues(values: TensorValues): PackedValues {
  if (values instanceof Float64Array) {
    const type = narrowFloat(values)
    return type === null ? asGiven(values) : { stored: narrowed(values, type), unpack: widen }
  }
  if (values instanceof Int32Array) {
    const type = narrowCodes(values)
    return type === null
      ? asGiven(values)
      : { stored: new ARRAYS[type](values), unpack: (stored) => new Int32Array(stored) }
  }
  return asGiven(values)
}

function asGiven(values: TensorValues): PackedValues {
  return { stored: values, unpack: (stored) => stored }
}

function narrowFloat(values: Float64Array): Narrow | null {
  let [min, max, isWhole, isSingle] = [0, 0, true, true]
  for (const value of values) {
    if (Number.isNaN(value)) continue
    if (isWhole && (!Number.isInteger(value) || Object.is(value, -0))) isWhole = false
    if (isSingle && Math.fround(value) !== value) isSingle = false
    if (!isWhole && !isSingle) return null
    if (value < min) min = value
    else if (value > max) max = value
  }
  if (isWhole) {
    const fitting = LIMITS.find(([, limit]) => min > -limit && max < limit)
    if (fitting !== undefined) return fitting[0]
  }
  return isSingle ? 'float32' : null
}

function narrowCodes(codes: Int32Array): 'int8' | 'int16' | null {
  let most = 0
  for (const code of codes) if (code > most) most = code
  if (most < 2 ** 7) return 'int8'
  return most < 2 ** 15 ? 'int16' : null
}

function narrowed(values: Float64Array, type: Narrow): TensorValues {
  const stored = new ARRAYS[type](values.length)
  stored.set(values)
  if (type === 'float32') return stored
  const missing = lowest(stored)
  for (let row = 0; row < values.length; row += 1) {
    if (Number.isNaN(values[row])) stored[row] = missing
  }
  return stored
}

function widen(stored: TensorValues): Float64Array {
  const values = new Float64Array(stored.length)
  values.set(stored)
  if (stored instanceof Float32Array) return values
  const missing = lowest(stored)
  for (let row = 0; row < values.length; row += 1) if (values[row] === missing) values[row] = NaN
  return values
}

function lowest({ BYTES_PER_ELEMENT }: TensorValues): number {
  return -(2 ** (8 * BYTES_PER_ELEMENT - 1))
}
