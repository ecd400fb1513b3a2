import {
  longDecimal,
  LONGEST_FRACTION,
  LOWER_DIGITS,
  shortDecimal,
  UPPER_DIGITS,
} from './long-decimal'
import type { DecimalMark } from './parse-number'

export const LINE_FEED = 0x0a
export const CARRIAGE_RETURN = 0x0d
export const QUOTE = 0x22
const ZERO = 0x30
const POINT = 0x2e
const COMMA = 0x2c
const PLUS = 0x2b
const MINUS = 0x2d
const SMALL_E = 0x65
/** Holds the place of a decimal mark that cannot be one: no text comes here with a NUL. */
const NONE = 0
/** Bytes of UTF-8: from here on a part of a longer character, then the first of one of two or more. */
const CONTINUATION = 0x80
const LEAD = 0xc0
/** First of four bytes, which are two units of UTF-16. */
const LEAD_OF_FOUR = 0xf0
/** So that the arguments of a call stay few. */
const LONGEST_TEXT = 100
/** FNV-1a. */
const HASH_START = 0x811c9dc5
const HASH_PRIME = 0x01000193

/** Goes through the cells of whole lines in UTF-8, without making a text of any. */
export class CellReader {
  /** Byte that is read next; after a cell, what ends it: delimiter, CR or LF. */
  at = 0
  /** How many bytes more than units of UTF-16 lie before {@link at}. */
  shift = 0
  /** Line breaks inside the quoted cells so far: CRLF, LF and lone CR. */
  breaks = 0
  /** Of the cell that {@link readNumber} read; NaN where it is empty. */
  value = 0
  hasMark = false
  /** Of the bytes that {@link skip} went over, quotes included. */
  hash = 0
  /** Whether the cell that {@link skip} went over holds doubled quotes. */
  hasDoubled = false
  /** Whether the bytes ended inside quotes. */
  isUnfinished = false

  constructor(
    private readonly bytes: Uint8Array,
    /** After the last line feed. */
    private readonly end: number,
    private readonly delimiter: number,
  ) {}

  /** Goes to the end of a cell of any kind; false where text follows a closing quote, or none comes. */
  skip(): boolean {
    const { bytes, delimiter } = this
    let { at } = this
    let byte = bytes[at] as number
    if (byte === QUOTE) return this.skipQuoted()
    let hash = HASH_START
    while (byte !== delimiter && byte !== LINE_FEED && byte !== CARRIAGE_RETURN) {
      if (byte >= CONTINUATION) this.shift += shiftOf(byte)
      hash = Math.imul(hash ^ byte, HASH_PRIME)
      byte = bytes[++at] as number
    }
    this.at = at
    this.hash = hash
    this.hasDoubled = false
    return true
  }

  private skipQuoted(): boolean {
    const { bytes, end } = this
    let at = this.at + 1
    let hash = HASH_START ^ QUOTE
    this.hasDoubled = false
    for (; at < end; at += 1) {
      const byte = bytes[at] as number
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) {
          this.at = at + 1
          this.hash = hash
          return this.isAtEnd
        }
        this.hasDoubled = true
        at += 1
      } else if (byte >= CONTINUATION) this.shift += shiftOf(byte)
      else if (byte === LINE_FEED) this.breaks += 1
      else if (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED) this.breaks += 1
      hash = Math.imul(hash ^ byte, HASH_PRIME)
    }
    this.isUnfinished = true
    return false
  }

  private get isAtEnd(): boolean {
    const byte = this.bytes[this.at]
    return byte === this.delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN
  }

  /**
   * Goes to the end of a cell, quoted or not, and reads the number that `Number` makes of it; false
   * where it is no plain one, such as a text, a space, a code with leading zeros, or a whole number
   * that float64 cannot hold. Then {@link at} is where it was.
   */
  readNumber(mark: DecimalMark): boolean {
    const { bytes, at: start } = this
    const isQuoted = bytes[start] === QUOTE
    if (isQuoted) this.at += 1
    const byte = mark === 'point' ? POINT : COMMA
    // Outside quotes, a comma that delimits is no decimal one.
    const isRead = this.readDigits(isQuoted || byte !== this.delimiter ? byte : NONE)
    if (isRead && (!isQuoted || bytes[this.at++] === QUOTE) && this.isAtEnd) return true
    this.at = start
    return false
  }

  private readDigits(mark: number): boolean {
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
    this.hasMark = byte === mark
    if (byte === mark) {
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
      // A sign or a mark alone may stand for a missing value: only the general reader knows.
      return at === start
    }
    if ((byte | 0x20) === SMALL_E) return this.readExponent(start)
    // Up to there, float64 held all digits that were added up.
    if (whole > Number.MAX_SAFE_INTEGER) {
      return this.hasMark && this.readLong(start, digitsStart, fraction)
    }
    if (fraction > LONGEST_FRACTION) return this.readText(start)
    const value = shortDecimal(whole, fraction)
    this.value = isNegative ? -value : value
    return true
  }

  /** A decimal of more digits than one float64 holds, which end here. */
  private readLong(start: number, digitsStart: number, fraction: number): boolean {
    const { bytes, at: end } = this
    let upper = 0
    let lower = 0
    let digits = 0
    for (let at = digitsStart; at < end; at += 1) {
      const digit = (bytes[at] as number) - ZERO
      if (digit < 0 || digit > 9 || (digits === 0 && digit === 0)) continue
      if (digits < UPPER_DIGITS) upper = upper * 10 + digit
      else lower = lower * 10 + digit
      digits += 1
    }
    const lowerDigits = digits - UPPER_DIGITS
    if (lowerDigits > LOWER_DIGITS || fraction > LONGEST_FRACTION) return this.readText(start)
    const value = longDecimal(upper, lower, lowerDigits, fraction)
    if (Number.isNaN(value)) return this.readText(start)
    this.value = bytes[start] === MINUS ? -value : value
    return true
  }

  /** A number with an exponent, at whose mark it stands. */
  private readExponent(start: number): boolean {
    const end = skipExponent(this.bytes, this.at + 1)
    if (end === 0) return false
    this.at = end
    return this.readText(start)
  }

  /** The number that ends here, by way of a text. */
  private readText(start: number): boolean {
    if (this.at - start > LONGEST_TEXT) return false
    const text = String.fromCharCode(...this.bytes.subarray(start, this.at))
    this.value = Number(text.replace(',', '.'))
    return Number.isFinite(this.value)
  }
}

function shiftOf(byte: number): number {
  if (byte < LEAD) return 1
  return byte >= LEAD_OF_FOUR ? -1 : 0
}

/** Place after the digits of an exponent; 0 where there are none. */
function skipExponent(bytes: Uint8Array, start: number): number {
  let at = start
  if (bytes[at] === PLUS || bytes[at] === MINUS) at += 1
  const digits = at
  while ((bytes[at] as number) >= ZERO && (bytes[at] as number) <= ZERO + 9) at += 1
  return at === digits ? 0 : at
}
