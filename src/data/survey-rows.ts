import { CAPS } from '../core/caps'
import { guessDelimiter } from './guess-delimiter'
import { encodingOf } from './text-stream'

/** A row that is no row of its table, by the line in which it starts, and the bytes that it takes. */
export interface MalformedRow {
  readonly line: number
  readonly start: number
  readonly end: number
}

export interface RowSurvey {
  /** Rows behind the first one that are sound; blank lines are none. */
  readonly sound: number
  readonly malformed: readonly MalformedRow[]
}

const SLICE_BYTES = 2 ** 22
/** Beyond as many a file is no table with a few bad rows. */
const MOST_MALFORMED = CAPS['malformed-rows'].most
const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const TAB = 0x09
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/**
 * Looks for rows with another number of fields than the first, with text behind a closing quote, with
 * NUL bytes or bytes that are no UTF-8, and for a quote that the rest of the file does not close, of
 * which the line is malformed. Null where the file is no table with few such rows.
 */
export async function surveyRows(file: Blob): Promise<RowSurvey | null> {
  const head = new Uint8Array(await file.slice(0, SLICE_BYTES).arrayBuffer())
  if (encodingOf(head) !== 'utf-8') return null
  const delimiter = guessDelimiter(new TextDecoder().decode(head), head.length === file.size)
  const survey = new Survey(delimiter.charCodeAt(0))
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    const slice = new Uint8Array(await file.slice(at, at + SLICE_BYTES).arrayBuffer())
    rest = survey.take(joined(rest, slice), at + SLICE_BYTES >= file.size)
    if (rest.length > CAPS['row-length'].value) return null
    if (survey.malformed.length > MOST_MALFORMED) return null
  }
  return survey
}

class Survey implements RowSurvey {
  sound = 0
  readonly malformed: MalformedRow[] = []
  #width: number | null = null
  #offset = 0
  #line = 1

  constructor(private readonly delimiter: number) {}

  /** Takes whole rows, and gives back the bytes of the row that has not ended. */
  take(bytes: Uint8Array<ArrayBuffer>, isLast: boolean): Uint8Array<ArrayBuffer> {
    let at = this.#offset === 0 && isMarked(bytes) ? BYTE_ORDER_MARK.length : 0
    while (at < bytes.length) {
      const row = readRow(bytes, at, this.delimiter, isLast)
      if (row === null) break
      this.#note(row, bytes.subarray(at, row.end), this.#offset + at)
      this.#line += row.lines
      at = row.end
    }
    this.#offset += at
    return bytes.slice(at)
  }

  #note(row: Row, bytes: Uint8Array, start: number): void {
    if (row.isBlank) return
    const isMalformed = row.isMalformed || (row.isWide && !isUtf8(bytes))
    if (this.#width === null) {
      this.#width = row.fields
      // What is wrong with the first row is wrong with the table.
      return
    }
    if (!isMalformed && row.fields === this.#width) this.sound += 1
    else this.malformed.push({ line: this.#line, start, end: start + bytes.length })
  }
}

interface Row {
  /** Behind its line break. */
  readonly end: number
  readonly fields: number
  readonly lines: number
  readonly isBlank: boolean
  readonly isMalformed: boolean
  /** Holds bytes beyond ASCII. */
  readonly isWide: boolean
}

/** The row that starts at `start`; null where the rest of it is still to come. */
function readRow(bytes: Uint8Array, start: number, delimiter: number, isLast: boolean): Row | null {
  const row = scanRow(bytes, start, delimiter, true)
  if (!row.isOpen) return isLast || !row.isTorn ? row : null
  if (!isLast) return null
  // Nothing closes the quote: its line is malformed, and the next one a row again.
  return { ...scanRow(bytes, start, delimiter, false), isMalformed: true }
}

function scanRow(
  bytes: Uint8Array,
  start: number,
  delimiter: number,
  hasQuotes: boolean,
): Row & { readonly isOpen: boolean; readonly isTorn: boolean } {
  let [fields, lines] = [1, 0]
  let [isMalformed, isWide, isFieldStart, isQuoted, isClosed] = [false, false, true, false, false]
  let at = start
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (byte >= 0x80) isWide = true
    if (byte === 0) isMalformed = true
    if (isQuoted) {
      if (byte === LINE_FEED) lines += 1
      if (byte !== QUOTE) continue
      if (bytes[at + 1] === QUOTE) at += 1
      else [isQuoted, isClosed] = [false, true]
    } else if (byte === delimiter) {
      fields += 1
      ;[isFieldStart, isClosed] = [true, false]
    } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
      break
    } else if (byte === QUOTE && isFieldStart && hasQuotes) {
      ;[isQuoted, isFieldStart] = [true, false]
    } else {
      if (isClosed && byte !== SPACE && byte !== TAB) isMalformed = true
      isFieldStart = false
    }
  }
  const isBlank = at === start
  const isTorn = at >= bytes.length - (bytes[at] === CARRIAGE_RETURN ? 1 : 0)
  if (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at += 1
  const end = Math.min(bytes.length, at + 1)
  lines += 1
  return { end, fields, lines, isBlank, isMalformed, isWide, isOpen: isQuoted, isTorn }
}

function isMarked(bytes: Uint8Array): boolean {
  return BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte)
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function joined(a: Uint8Array, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (a.length === 0) return b
  const whole = new Uint8Array(a.length + b.length)
  whole.set(a)
  whole.set(b, a.length)
  return whole
}
