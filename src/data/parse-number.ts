/** How a column writes its numbers: with a decimal point or with a decimal comma. */
export type DecimalMark = 'point' | 'comma'

/** Cells that hold no value, after trimming. */
export const MISSING_TEXTS: ReadonlySet<string> = new Set([
  '',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
  '-',
  '?',
])
const LONGEST_MISSING = 4

const INFINITE: ReadonlyMap<string, number> = new Map([
  ['inf', Infinity],
  ['Inf', Infinity],
  ['+inf', Infinity],
  ['+Inf', Infinity],
  ['-inf', -Infinity],
  ['-Inf', -Infinity],
])
const COMMA_NUMBER = /^[+-]?(\d+(,\d*)?|,\d+)([eE][+-]?\d+)?$/
/** Both 1,234 = 1234 and 1,234 = 1.234 are common. */
const COMMA_GROUP = /^[+-]?[1-9]\d{0,2},\d{3}$/
const LEADING_ZERO = /^[+-]?0\d+$/

const ZERO = 0x30
const NINE = 0x39
const SPACE = 0x20

export function isMissing(cell: string): boolean {
  if (cell.length <= LONGEST_MISSING && MISSING_TEXTS.has(cell)) return true
  if (!hasOuterSpace(cell)) return false
  return MISSING_TEXTS.has(cell.trim())
}

/**
 * A cell as float64: NaN where missing, null where it is no number. Space around is ignored.
 * Codes with leading zeros (007) and hexadecimal numbers are no numbers; 1e400 is Infinity.
 */
export function parseNumber(cell: string, mark: DecimalMark): number | null {
  const text = hasOuterSpace(cell) ? cell.trim() : cell
  const value = mark === 'point' ? Number(text) : commaNumber(text)
  if (Number.isNaN(value) || text === '') {
    return isMissing(text) ? NaN : (INFINITE.get(text) ?? null)
  }
  return isDecimal(text) ? value : null
}

/** True for 1,234 and the like, of which nobody can say what they mean. */
export function isAmbiguousComma(cell: string): boolean {
  return COMMA_GROUP.test(cell.trim())
}

/** True for 1,5 and the like. */
export function isCommaNumber(cell: string): boolean {
  return cell.includes(',') && COMMA_NUMBER.test(cell.trim())
}

/** True for codes such as 007, which as numbers would lose their zeros. */
export function isLeadingZeroCode(cell: string): boolean {
  return LEADING_ZERO.test(cell.trim())
}

function commaNumber(text: string): number {
  return COMMA_NUMBER.test(text) ? Number(text.replace(',', '.')) : NaN
}

/** `Number` also reads 0x1f, 0b1, 0o7 and 007. A zero ends the number's first digits. */
function isDecimal(text: string): boolean {
  const sign = text.charAt(0)
  const start = sign === '-' || sign === '+' ? 1 : 0
  if (text.charCodeAt(start) !== ZERO || text.length <= start + 1) return true
  const second = text.charCodeAt(start + 1)
  const isDigit = second >= ZERO && second <= NINE
  return !isDigit && !/[xXbBoO]/.test(text.charAt(start + 1))
}

function hasOuterSpace(cell: string): boolean {
  if (cell.length === 0) return false
  return isSpace(cell.charCodeAt(0)) || isSpace(cell.charCodeAt(cell.length - 1))
}

/** Includes the no-break space, which spreadsheets put around numbers. */
function isSpace(code: number): boolean {
  return code <= SPACE || code === 0xa0
}
