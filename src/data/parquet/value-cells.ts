import type { DecodedArray, SchemaElement } from 'hyparquet/src/types.js'
import { parseFloat16 } from 'hyparquet/src/convert.js'
import { corruptTable } from '../columnar/corrupt-table'
import { decimalsToNumbers, scaled, toNumbers } from '../columnar/to-numbers'
import type { TimeStyle } from '../columnar/time-sink'

/** What a column's stored values mean to us. */
export type Meaning =
  | { readonly kind: 'number'; readonly toNumbers: (values: DecodedArray) => Float64Array }
  | {
      readonly kind: 'time'
      readonly style: TimeStyle
      readonly toNumbers: (values: DecodedArray) => Float64Array
    }
  | { readonly kind: 'text'; readonly textOf: (value: unknown) => string }
  | { readonly kind: 'refused'; readonly what: string }

const DAY_MS = 86_400_000
/** Days from the first Julian day to 1970. */
const JULIAN_1970 = 2_440_588n
const UNIT_MS = { MILLIS: 1, MICROS: 1e-3, NANOS: 1e-6 }

/** Reads what the schema says of a column; both its old annotations and the new ones. */
export function meaningOf(element: SchemaElement): Meaning {
  const { converted_type: converted, logical_type: logical, type } = element
  const time = timeMeaning(element)
  if (time !== null) return time
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') {
    const scale = (logical?.type === 'DECIMAL' ? logical.scale : element.scale) ?? 0
    return {
      kind: 'number',
      toNumbers: (values) => decimalsToNumbers(values as ArrayLike<unknown>, scale),
    }
  }
  if (logical?.type === 'UUID') return { kind: 'text', textOf: uuidText }
  if (logical?.type === 'FLOAT16') {
    const half = (value: unknown): number => parseFloat16(asBytes(value)) ?? NaN
    return { kind: 'number', toNumbers: (values) => Float64Array.from(values, half) }
  }
  const odd = oddKind(element)
  if (odd !== null) return { kind: 'refused', what: odd }
  if (type === 'BYTE_ARRAY') return { kind: 'text', textOf: utf8Text }
  if (type === 'FIXED_LEN_BYTE_ARRAY') return { kind: 'refused', what: 'bytes' }
  const isUnsigned =
    converted?.startsWith('UINT_') === true || (logical?.type === 'INTEGER' && !logical.isSigned)
  return { kind: 'number', toNumbers: (values) => toNumbers(values, isUnsigned) }
}

function timeMeaning({ converted_type: converted, logical_type: logical, type }: SchemaElement) {
  const times = (style: TimeStyle, factor: number): Meaning => ({
    kind: 'time',
    style,
    toNumbers: (values) => scaled(toNumbers(values, false), factor),
  })
  if (type === 'INT96') {
    const toNumbers = (values: DecodedArray): Float64Array => Float64Array.from(values, int96Ms)
    return { kind: 'time', style: 'date and time', toNumbers } as const
  }
  if (logical?.type === 'DATE' || converted === 'DATE') return times('date', DAY_MS)
  if (logical?.type === 'TIMESTAMP') return times('date and time', UNIT_MS[logical.unit])
  if (converted === 'TIMESTAMP_MILLIS') return times('date and time', UNIT_MS.MILLIS)
  if (converted === 'TIMESTAMP_MICROS') return times('date and time', UNIT_MS.MICROS)
  if (logical?.type === 'TIME') return times('time of day', UNIT_MS[logical.unit])
  if (converted === 'TIME_MILLIS') return times('time of day', UNIT_MS.MILLIS)
  if (converted === 'TIME_MICROS') return times('time of day', UNIT_MS.MICROS)
  return null
}

function oddKind({ converted_type: converted, logical_type: logical }: SchemaElement) {
  if (converted === 'BSON' || logical?.type === 'BSON') return 'BSON documents'
  if (converted === 'INTERVAL' || logical?.type === 'INTERVAL') return 'intervals'
  if (logical?.type === 'GEOMETRY' || logical?.type === 'GEOGRAPHY') return 'shapes on a map'
  return null
}

/** Nanoseconds of a day and a Julian day, as Impala and old Spark write times. */
function int96Ms(value: unknown): number {
  const bits = value as bigint
  const days = Number((bits >> 64n) - JULIAN_1970)
  return days * DAY_MS + Number(bits & 0xffffffffffffffffn) / 1e6
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function utf8Text(value: unknown): string {
  try {
    return decoder.decode(asBytes(value))
  } catch {
    throw corruptTable('holds bytes that are no UTF-8 text')
  }
}

function uuidText(value: unknown): string {
  const hex = Array.from(asBytes(value), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function asBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw corruptTable('is damaged: a text is no text')
}
