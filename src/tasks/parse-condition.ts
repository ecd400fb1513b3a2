/** What a cell must be like. */
export interface CellTest {
  /** NaN stands for a missing value. */
  readonly number: (value: number) => boolean
  readonly text: (text: string) => boolean
  readonly missing: boolean
}

type Compare = (value: number, bound: number) => boolean

const COMPARISONS: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
  ['≥', (value, bound) => value >= bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['≤', (value, bound) => value <= bound],
])

/** No digit can be taken by two parts: a cell of a megabyte of digits would else take hours. */
const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?`
const RANGE = new RegExp(String.raw`^(${NUMBER})\s*\.\.\s*(${NUMBER})$`, 'i')
const WHOLE_NUMBER = new RegExp(`^${NUMBER}$`, 'i')

/**
 * Reads a condition as people type it: `abc` (contains, in any case), `8` (the number), `=abc`,
 * `!=abc`, `>1`, `<=1`, `1..2` (both ends included), `=` (missing), `!=` (present). A text that reads
 * as a number is compared as one. Null for an empty text, which every row fulfils.
 */
export function parseCondition(typed: string): CellTest | null {
  const text = typed.trim()
  if (text === '') return null
  const [, operator = '', rest = ''] = /^(!=|≠|>=|<=|≥|≤|=|>|<)?\s*(.*)$/su.exec(text) ?? []
  const range = RANGE.exec(text)
  if (range !== null) {
    const [low, high] = [Number(range[1]), Number(range[2])]
    return numeric((value) => value >= low && value <= high)
  }
  if (operator === '=' || operator === '!=' || operator === '≠') {
    return rest === '' ? presence(operator === '=') : equality(rest, operator === '=')
  }
  const bound = numberIn(rest)
  const compare = COMPARISONS.get(operator)
  if (compare !== undefined && bound !== null) return numeric((value) => compare(value, bound))
  return operator === '' && bound !== null ? equality(rest, true) : containing(text)
}

function numberIn(text: string): number | null {
  return WHOLE_NUMBER.test(text) ? Number(text) : null
}

function numeric(test: (value: number) => boolean): CellTest {
  const text = (cell: string): boolean => {
    const value = numberIn(cell)
    return value !== null && test(value)
  }
  // Comparisons with NaN are false.
  return { number: test, text, missing: false }
}

function presence(isMissing: boolean): CellTest {
  return {
    number: (value) => Number.isNaN(value) === isMissing,
    text: () => !isMissing,
    missing: isMissing,
  }
}

/** A missing value is neither equal to anything nor different from it. */
function equality(wanted: string, isEqual: boolean): CellTest {
  const bound = numberIn(wanted)
  const lower = wanted.toLowerCase()
  const isSame = (cell: string): boolean => {
    if (cell.toLowerCase() === lower) return true
    return bound !== null && numberIn(cell) === bound
  }
  return {
    number: (value) => !Number.isNaN(value) && (value === bound) === isEqual,
    text: (cell) => isSame(cell) === isEqual,
    missing: false,
  }
}

function containing(wanted: string): CellTest {
  const lower = wanted.toLowerCase()
  return {
    number: () => false,
    text: (cell) => cell.toLowerCase().includes(lower),
    missing: false,
  }
}
