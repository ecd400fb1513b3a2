import { TENSOR_RANK } from '../../core/caps'
import { corruptPickle } from './pickle-refusal'
import { isKind, itemsOf, type PickleObject, type PickleValue } from './pickle-value'

/** A NumPy array or scalar, its elements in row-major order as float64. */
export interface NumpyArray {
  /** Empty for a scalar. */
  readonly shape: readonly number[]
  readonly values: Float64Array<ArrayBuffer>
  /** NumPy's short name: `f4`, `u1`, `b1` … */
  readonly dtype: string
}

type Element = (view: DataView, at: number, littleEndian: boolean) => number

const ELEMENTS: ReadonlyMap<string, Element> = new Map<string, Element>([
  ['f4', (view, at, little) => view.getFloat32(at, little)],
  ['f8', (view, at, little) => view.getFloat64(at, little)],
  ['i1', (view, at) => view.getInt8(at)],
  ['i2', (view, at, little) => view.getInt16(at, little)],
  ['i4', (view, at, little) => view.getInt32(at, little)],
  ['i8', (view, at, little) => Number(view.getBigInt64(at, little))],
  ['u1', (view, at) => view.getUint8(at)],
  ['u2', (view, at, little) => view.getUint16(at, little)],
  ['u4', (view, at, little) => view.getUint32(at, little)],
  ['u8', (view, at, little) => Number(view.getBigUint64(at, little))],
  ['b1', (view, at) => view.getUint8(at)],
])

/**
 * Reads an array or scalar in any of the forms in which NumPy pickles them: `_reconstruct` with a
 * state, `_frombuffer`, `scalar`; plain numbers too. Null for what is none of these.
 */
export function numpyArray(value: PickleValue | undefined): NumpyArray | null {
  if (typeof value === 'number') {
    return { shape: [], values: Float64Array.of(value), dtype: 'f8' }
  }
  if (!isKind(value, 'object')) return null
  if (value.name.endsWith('.scalar')) return numpyScalar(value)
  if (value.name.endsWith('._frombuffer')) {
    const [bytes, dtype, shape, order] = value.args
    return decode(dtype, bytes, shapeOf(shape), order === 'F')
  }
  if (value.name.endsWith('._reconstruct')) {
    const [, shape, dtype, isFortran, bytes] = itemsOf(value.state) ?? []
    return decode(dtype, bytes, shapeOf(shape), isFortran === true)
  }
  return null
}

/** The short name of a pickled `numpy.dtype`, as `f4`; null for anything else. */
export function dtypeName(value: PickleValue | undefined): string | null {
  const name = isKind(value, 'object') && value.name === 'numpy.dtype' ? value.args[0] : null
  return typeof name === 'string' ? name : null
}

/**
 * A shape as a tuple or list of sizes. A size is a number or a NumPy scalar, never an array: arrays
 * whose shapes hold arrays would take time that doubles with each level, or never end.
 */
export function shapeOf(value: PickleValue | undefined): readonly number[] {
  const items = itemsOf(value) ?? []
  if (items.length > TENSOR_RANK) throw corruptPickle(`an array of ${String(items.length)} axes`)
  return items.map((item) => {
    const size = typeof item === 'number' ? item : (numpyScalar(item)?.values[0] ?? -1)
    if (!Number.isInteger(size) || size < 0) throw corruptPickle('an impossible shape')
    return size
  })
}

function numpyScalar(value: PickleValue | undefined): NumpyArray | null {
  if (!isKind(value, 'object') || !value.name.endsWith('.scalar')) return null
  const [dtype, bytes] = value.args
  return decode(dtype, bytes, [], false)
}

function decode(
  dtype: PickleValue | undefined,
  content: PickleValue | undefined,
  shape: readonly number[],
  isFortran: boolean,
): NumpyArray {
  const name = dtypeName(dtype) ?? ''
  const element = ELEMENTS.get(name)
  const bytes = bytesOf(content)
  if (element === undefined || bytes === null) {
    throw corruptPickle(`an array of type "${name.slice(0, 20)}"`)
  }
  const width = Number(name.slice(1))
  const length = shape.reduce((product, size) => product * size, 1)
  if (length * width !== bytes.length) throw corruptPickle('an array whose shape is not its size')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = !isBigEndian(dtype)
  const values = Float64Array.from({ length }, (_, index) => element(view, index * width, little))
  return { shape, values: isFortran ? rowMajor(values, shape) : values, dtype: name }
}

function isBigEndian(dtype: PickleValue | undefined): boolean {
  return isKind(dtype, 'object') && itemsOf(dtype.state)?.[1] === '>'
}

function bytesOf(value: PickleValue | undefined): Uint8Array<ArrayBuffer> | null {
  if (value instanceof Uint8Array) return value
  if (!isKind(value, 'object')) return null
  if (value.name === '__builtin__.bytes' && value.args.length === 0) return new Uint8Array()
  return value.name === '_codecs.encode' ? latin1Bytes(value) : null
}

/** Bytes as protocol 2 writes them: text whose code points are the bytes. */
function latin1Bytes({ args: [text, encoding] }: PickleObject): Uint8Array<ArrayBuffer> | null {
  if (typeof text !== 'string' || encoding !== 'latin1') return null
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function rowMajor(
  columnMajor: Float64Array<ArrayBuffer>,
  shape: readonly number[],
): Float64Array<ArrayBuffer> {
  return columnMajor.map((_, index) => {
    let rest = index
    let from = 0
    let step = columnMajor.length
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1
      step /= size
      from += (rest % size) * step
      rest = Math.floor(rest / size)
    }
    return columnMajor[from] ?? NaN
  })
}
