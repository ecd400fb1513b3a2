/** Rows of numbers, read without making a text of any cell. */
export interface NumberRows {
  /** Row-major; NaN where a cell is empty. */
  readonly values: Float64Array
  readonly rows: number
  /** Bytes of the whole lines that were read. */
  readonly consumed: number
  /** By column: whether some number is written with a point. */
  readonly hasPoint: Uint8Array
}

const ZERO = 0x30
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const POINT = 0x2e
const PLUS = 0x2b
const MINUS = 0x2d
const SMALL_E = 0x65
/** Up to this many digits make a whole number that float64 holds exactly. */
const EXACT_DIGITS = 15
/** Powers of ten that float64 holds exactly: one division by them rounds once, as `Number` does. */
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${String(power)}`))

/**
 * Reads the whole lines of unquoted numbers with a point and nothing else; null where anything else
 * comes, such as a text, a quote, a space, a code with leading zeros, a row too short or too long, or
 * a whole number that float64 cannot hold. Then the general reader takes the slice, which says what is
 * odd. Every number is the one that `Number` makes of the cell.
 */
export function readNumberRows(
  bytes: Uint8Array,
  delimiter: number,
  width: number,
): NumberRows | null {
  const end = bytes.lastIndexOf(LINE_FEED) + 1
  if (end === 0) return null
  const hasPoint = new Uint8Array(width)
  // A cell takes one byte at least, its delimiter.
  const values = new Float64Array(end)
  const cell = new NumberCell(bytes)
  let filled = 0
  let rows = 0
  let column = 0
  while (cell.at < end) {
    if (!cell.read()) return null
    if (cell.hasPoint) hasPoint[column] = 1
    values[filled++] = cell.value
    let byte = bytes[cell.at++] as number
    if (byte === delimiter) {
      column += 1
      if (column === width) return null
      continue
    }
    if (byte === CARRIAGE_RETURN) byte = bytes[cell.at++] as number
    if (byte !== LINE_FEED || column !== width - 1) return null
    // A blank line of a table of one column is none of its rows.
    if (width === 1 && Number.isNaN(cell.value)) return null
    column = 0
    rows += 1
  }
  return { values, rows, consumed: end, hasPoint }
}

class NumberCell {
  /** Byte that is read next. */
  at = 0
  value = 0
  hasPoint = false

  constructor(private readonly bytes: Uint8Array) {}

  /** Goes on to the end of a cell; false where it is no plain number. */
  read(): boolean {
    const { bytes, at: start } = this
    let at = start
    let byte = bytes[at] as number
    const isNegative = byte === MINUS
    if (isNegative || byte === PLUS) byte = bytes[++at] as number
    const digitsStart = at
    let whole = 0
    for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = byte - ZERO) {
      whole = whole * 10 + digit
      byte = bytes[++at] as number
    }
    let digits = at - digitsStart
    let fraction = 0
    if (digits > 1 && bytes[digitsStart] === ZERO) return false
    this.hasPoint = byte === POINT
    if (byte === POINT) {
      const fractionStart = ++at
      byte = bytes[at] as number
      for (let digit = byte - ZERO; digit >= 0 && digit <= 9; digit = byte - ZERO) {
        whole = whole * 10 + digit
        byte = bytes[++at] as number
      }
      fraction = at - fractionStart
      digits += fraction
    }
    this.at = at
    if (digits === 0) {
      this.value = NaN
      // A sign or a point alone may stand for a missing value: only the general reader knows.
      return at === start
    }
    if (digits > EXACT_DIGITS || (byte | 0x20) === SMALL_E) return this.readLong(start, byte)
    const value = whole / (POWERS[fraction] as number)
    this.value = isNegative ? -value : value
    return true
  }

  /** A number of many digits, or with an exponent, at whose mark `byte` it stands. */
  private readLong(start: number, byte: number): boolean {
    if ((byte | 0x20) === SMALL_E) this.at = skipExponent(this.bytes, this.at + 1)
    else if (!this.hasPoint) return false
    if (this.at === 0) return false
    this.value = Number(String.fromCharCode(...this.bytes.subarray(start, this.at)))
    return Number.isFinite(this.value)
  }
}

/** Place after the digits of an exponent; 0 where there are none. */
function skipExponent(bytes: Uint8Array, start: number): number {
  let at = start
  if (bytes[at] === PLUS || bytes[at] === MINUS) at += 1
  const digits = at
  while ((bytes[at] as number) >= ZERO && (bytes[at] as number) <= ZERO + 9) at += 1
  return at === digits ? 0 : at
}
