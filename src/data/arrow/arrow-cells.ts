import { Type, type Batch, type DataType } from '@uwdata/flechette'
import { corruptTable } from '../columnar/corrupt-table'
import { decimalsToNumbers, scaled, toNumbers } from '../columnar/to-numbers'
import type { TimeStyle } from '../columnar/time-sink'

/** What a column of an Arrow table means to us. */
export type ArrowMeaning =
  | { readonly kind: 'number' | 'nothing' | 'text' }
  | { readonly kind: 'time'; readonly style: TimeStyle }
  | { readonly kind: 'list'; readonly isSingle: boolean }
  | { readonly kind: 'refused'; readonly what: string }

const DAY_MS = 86_400_000
/** By unit: seconds, milliseconds, microseconds, nanoseconds. */
const UNIT_MS = [1000, 1, 1e-3, 1e-6]
const MILLISECONDS = 1

/** Of a type's description, what depends on the type; absent where it does not apply. */
interface TypeDetails {
  readonly typeId: number
  readonly bitWidth?: number
  readonly signed?: boolean
  readonly precision?: number
  readonly scale?: number
  readonly unit?: number
  readonly stride?: number
  readonly children?: readonly { readonly type: DataType }[]
  readonly dictionary?: DataType
}

/** The buffers of one column of a record batch. */
interface BatchBuffers {
  readonly length: number
  readonly nullCount: number
  readonly validity?: Uint8Array
  readonly values?: ArrayLike<number> | BigInt64Array | BigUint64Array
  readonly offsets?: Int32Array | BigInt64Array
  readonly children?: readonly Batch<unknown>[]
}

export function detailsOf(type: DataType): TypeDetails {
  return type as unknown as TypeDetails
}

export function buffersOf(batch: Batch<unknown>): BatchBuffers {
  return batch as unknown as BatchBuffers
}

export function arrowMeaning(type: DataType): ArrowMeaning {
  const { typeId, dictionary, children, stride } = detailsOf(type)
  switch (typeId) {
    case Type.Null:
      return { kind: 'nothing' }
    case Type.Bool:
    case Type.Int:
    case Type.Float:
    case Type.Decimal:
    case Type.Duration:
      return { kind: 'number' }
    case Type.Date:
      return { kind: 'time', style: 'date' }
    case Type.Timestamp:
      return { kind: 'time', style: 'date and time' }
    case Type.Time:
      return { kind: 'time', style: 'time of day' }
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return { kind: 'text' }
    case Type.Dictionary: {
      const meaning = dictionary === undefined ? null : arrowMeaning(dictionary)
      const isPlain = meaning?.kind === 'text' || meaning?.kind === 'number'
      return isPlain ? meaning : { kind: 'refused', what: 'dictionaries of other than texts' }
    }
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList: {
      const inner = children?.[0]?.type
      const isNumbers = inner !== undefined && arrowMeaning(inner).kind === 'number'
      if (!isNumbers || detailsOf(inner).typeId === Type.Dictionary) {
        return { kind: 'refused', what: 'lists of other than numbers' }
      }
      if (typeId === Type.FixedSizeList && !((stride ?? 0) > 0)) {
        return { kind: 'refused', what: 'empty lists' }
      }
      const { typeId: innerId, precision: innerPrecision } = detailsOf(inner)
      return { kind: 'list', isSingle: innerId === Type.Float && innerPrecision === 1 }
    }
    default:
      return { kind: 'refused', what: NAMES.get(typeId) ?? 'values of an unknown kind' }
  }
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [Type.Binary, 'bytes'],
  [Type.LargeBinary, 'bytes'],
  [Type.BinaryView, 'bytes'],
  [Type.FixedSizeBinary, 'bytes'],
  [Type.Struct, 'records of several fields'],
  [Type.Map, 'maps'],
  [Type.Union, 'values of several types'],
  [Type.Interval, 'intervals'],
  [Type.RunEndEncoded, 'run-end encoded values'],
])

/** Numbers of a batch as they are stored, missing ones included; times as milliseconds. */
export function batchNumbers(type: DataType, batch: Batch<unknown>): Float64Array {
  const { typeId, bitWidth = 0, signed = true, precision, scale = 0, unit = 0 } = detailsOf(type)
  const { length, values } = buffersOf(batch)
  if (typeId === Type.Bool || (typeId === Type.Float && precision === 0)) {
    const perRow = typeId === Type.Bool ? 8 : 1
    if ((values?.length ?? 0) * perRow < length) throw tooShort()
    return Float64Array.from({ length }, (_, row) => Number(batch.value(row)))
  }
  if (typeId === Type.Decimal) {
    if ((values?.length ?? 0) < (bitWidth === 32 ? length : (length * bitWidth) / 64))
      throw tooShort()
    return decimalsToNumbers(
      Array.from({ length }, (_, row) => batch.value(row)),
      scale,
    )
  }
  if (values === undefined || values.length < length) throw tooShort()
  const part = (values as BigInt64Array).subarray(0, length)
  const numbers = toNumbers(part, typeId === Type.Int && !signed)
  if (typeId === Type.Date) return unit === MILLISECONDS ? numbers : scaled(numbers, DAY_MS)
  const isTime = typeId === Type.Timestamp || typeId === Type.Time
  return isTime ? scaled(numbers, UNIT_MS[unit] ?? 1) : numbers
}

/** Where the list of each row begins in the numbers of all rows, and where the last one ends. */
export function listPlaces(type: DataType, batch: Batch<unknown>): Float64Array {
  const { stride = 0, typeId } = detailsOf(type)
  const { length, offsets, children } = buffersOf(batch)
  const held = children?.[0]?.length ?? 0
  if (typeId === Type.FixedSizeList) {
    if (length * stride > held) throw tooShort()
    return Float64Array.from({ length: length + 1 }, (_, row) => row * stride)
  }
  if (offsets === undefined || offsets.length < length + 1) throw tooShort()
  const places = toNumbers(offsets.subarray(0, length + 1), false)
  for (let row = 0; row < length; row += 1) {
    const [from, to] = [places[row] as number, places[row + 1] as number]
    if (!(from >= 0) || to < from || to > held) throw tooShort()
  }
  return places
}

/** Whether each row has a value; null where all have. */
export function validityOf(batch: Batch<unknown>): ((row: number) => boolean) | null {
  const { length, nullCount, validity } = buffersOf(batch)
  if (nullCount === 0 || validity === undefined || validity.length === 0) return null
  if (validity.length * 8 < length) throw tooShort()
  return (row) => (((validity[row >> 3] as number) >> (row & 7)) & 1) === 1
}

export function tooShort(): Error {
  return corruptTable('is damaged: a column ends before its last row')
}
