import { quoted } from '../../core/display-text'
import type { ParityAnswers } from '../../core/metric'
import type { OutputPart, Tolerance } from '../../core/task'
import { WHOLE_ROW } from './fit-parity'

type Data = Float32Array | Float64Array | readonly string[]

/** Answers to all rows: row-major rows × all parts. */
export interface PartedAnswers {
  readonly parts: readonly OutputPart[]
  readonly data: Data
}

/** Numbers that are compared, and where each of them stands. */
export interface PairedAnswers extends ParityAnswers {
  /** Outputs with numbers, in the order of their columns. */
  readonly outputs: readonly OutputPart[]
  /** Texts of the classes; null where a class is the number of a score or a whole number. */
  readonly classNames: readonly string[] | null
  /** How the class was found, in one sentence; null where there is none. */
  readonly classSource: string | null
}

/** Puts answers beside what they are compared with; null where they do not belong together. */
export function pairAnswers(
  rows: number,
  answered: PartedAnswers,
  reference: PartedAnswers,
  tolerance: Tolerance,
): PairedAnswers | null {
  const own = places(answered.parts)
  const theirs = places(reference.parts)
  const total = widthOf(reference.parts)
  if (answered.data.length !== rows * widthOf(answered.parts)) return null
  if (reference.data.length !== rows * total) return null
  const pairs = own.flatMap((place): Pair[] => {
    const { counterpart, width } = place.part
    if (counterpart === WHOLE_ROW) return [{ ...place, from: 0 }]
    const found = theirs.find(({ part }) => part.output === counterpart)
    return found?.part.width === width ? [{ ...place, from: found.offset }] : []
  })
  if (pairs.length < own.length) return null
  const values = pairs.filter(({ part }) => part.kind === 'values')
  const isWhole =
    values.length === own.length && values.every(({ from, offset }) => from === offset)
  const gather = (data: Data, stride: number, of: (pair: Pair) => number) =>
    isWhole && ArrayBuffer.isView(data) && stride === widthOf(answered.parts)
      ? data
      : gathered(rows, data, stride, values, of)
  const width = values.reduce((sum, { part }) => sum + part.width, 0)
  const paired = {
    ...{ rows, width, tolerance },
    reference: gather(reference.data, total, ({ from }) => from),
    answered: gather(answered.data, widthOf(answered.parts), ({ offset }) => offset),
    outputs: values.map(({ part }) => part),
  }
  const label = pairs.find(({ part }) => part.kind === 'labels')
  if (label !== undefined) {
    const labels = labelClasses(rows, answered, reference, { label, total })
    const classSource = `The class is the label that the model answers as ${quotedName(label.part)}.`
    return { ...paired, ...labels, classSource }
  }
  return { ...paired, ...scoreClasses(rows, paired, values), classNames: null }
}

interface Pair {
  readonly part: OutputPart
  /** Of its first number within a row of the model's own answers. */
  readonly offset: number
  /** The same of what it is compared with. */
  readonly from: number
}

function places(parts: readonly OutputPart[]): { part: OutputPart; offset: number }[] {
  let offset = 0
  return parts.map((part) => {
    const place = { part, offset }
    offset += part.width
    return place
  })
}

function widthOf(parts: readonly OutputPart[]): number {
  return parts.reduce((sum, { width }) => sum + width, 0)
}

/** The numbers of some parts, side by side in a matrix of their own. */
function gathered(
  rows: number,
  data: Data,
  stride: number,
  pairs: readonly Pair[],
  of: (pair: Pair) => number,
): Float64Array {
  const width = pairs.reduce((sum, { part }) => sum + part.width, 0)
  const numbers = new Float64Array(rows * width)
  if (!ArrayBuffer.isView(data)) return numbers.fill(NaN)
  let column = 0
  for (const pair of pairs) {
    const start = of(pair)
    for (let row = 0; row < rows; row += 1) {
      for (let place = 0; place < pair.part.width; place += 1) {
        numbers[row * width + column + place] = data[row * stride + start + place] as number
      }
    }
    column += pair.part.width
  }
  return numbers
}

function labelClasses(
  rows: number,
  answered: PartedAnswers,
  reference: PartedAnswers,
  { label, total }: { readonly label: Pair; readonly total: number },
): Pick<PairedAnswers, 'classes' | 'classNames'> {
  const stride = widthOf(answered.parts)
  const codes = new Map<string, number>()
  // Numbers and texts of one label are one class: 1, 1.0 and "1".
  const codeOf = (value: number | string | undefined) => {
    const text = String(value)
    const known = codes.get(text)
    if (known !== undefined) return known
    codes.set(text, codes.size)
    return codes.size - 1
  }
  const classes = {
    reference: Int32Array.from({ length: rows }, (_, row) =>
      codeOf(reference.data[row * total + label.from]),
    ),
    answered: Int32Array.from({ length: rows }, (_, row) =>
      codeOf(answered.data[row * stride + label.offset]),
    ),
  }
  return { classes, classNames: [...codes.keys()] }
}

/**
 * The largest score of each row, the first of equal ones; −1 for a row with a NaN. Only where one
 * output alone can be meant by scores.
 */
function scoreClasses(
  rows: number,
  { reference, answered, width }: Pick<ParityAnswers, 'reference' | 'answered' | 'width'>,
  values: readonly Pair[],
): Pick<PairedAnswers, 'classes' | 'classSource'> {
  const wide = values.filter(({ part }) => part.width > 1)
  const named = wide.filter(({ part }) => /prob|softmax|logit|score/i.test(part.output))
  const [scores, ...more] = named.length > 0 ? named : wide
  if (scores === undefined || more.length > 0) return { classes: null, classSource: null }
  let offset = 0
  for (const pair of values) {
    if (pair === scores) break
    offset += pair.part.width
  }
  const columns = { width, offset, count: scores.part.width }
  return {
    classes: {
      reference: largestPlaces(rows, reference, columns),
      answered: largestPlaces(rows, answered, columns),
    },
    classSource: `The class is the largest number of ${quotedName(scores.part)}.`,
  }
}

function largestPlaces(
  rows: number,
  data: Float32Array | Float64Array,
  {
    width,
    offset,
    count,
  }: { readonly width: number; readonly offset: number; readonly count: number },
): Int32Array {
  const places = new Int32Array(rows)
  for (let row = 0; row < rows; row += 1) {
    const start = row * width + offset
    let best = Number.isNaN(data[start]) ? -1 : 0
    for (let place = 1; place < count && best >= 0; place += 1) {
      const value = data[start + place] as number
      if (Number.isNaN(value)) best = -1
      else if (value > (data[start + best] as number)) best = place
    }
    places[row] = best
  }
  return places
}

function quotedName({ output }: OutputPart): string {
  return quoted(output)
}
