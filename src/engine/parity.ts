import type { AnswerData } from '../contract/evaluator'
import type { Parity } from '../core/evaluation'
import type { HandedOut } from './answer-exchange'
import type { RowRange } from './journal'
import type { OutputBinding } from '../core/task'

/** Rows answered by WASM too, once per model that runs on WebGPU. */
const CANARY_ROWS = 32
/** float32 sums in another order: 1.5e-4 relative was seen on a chain of 8,192-wide products. */
const RELATIVE = 1e-3
const ABSOLUTE = 1e-4
/** Of the largest answer: a number that lies between two steps may be rounded to either, layer after layer. */
const QUANTISED_STEPS = 4 / 255

interface Extent {
  readonly preparation: { readonly rows: number }
  readonly plan: { readonly pieceRows: number }
  readonly handedOut?: Pick<HandedOut, 'ranges'>
}

/** The first rows of a run that WASM answers too: no more than its first piece. */
export function checkedRows({ preparation, plan, handedOut }: Extent, modelId: string): RowRange {
  const all = { start: 0, end: preparation.rows }
  const { start, end } = (handedOut === undefined ? [all] : handedOut.ranges(modelId))[0] ?? all
  const pieceEnd = start - (start % plan.pieceRows) + plan.pieceRows
  return { start, end: Math.min(start + CANARY_ROWS, end, pieceEnd) }
}

/** Of two parts of the same rows, each compared once. */
export function joinParity(before: Parity | null, part: Parity): Parity {
  if (before === null) return part
  return {
    rows: before.rows + part.rows,
    maxDifference: Math.max(before.maxDifference, part.maxDifference),
    agrees: before.agrees && part.agrees,
  }
}

/**
 * Compares the same rows from WASM, the reference, and from the GPU. NaN and infinity must stand in
 * the same places: WebGPU has been seen to turn the logarithm of −1 into 0. Pure.
 * @param expected row-major, `rows × width` numbers, or one text per row
 * @param actual the same length
 * @param isQuantised whether the model rounds while it computes: some of its steps are no disagreement
 */
export function compareAnswers(
  expected: AnswerData,
  actual: AnswerData,
  { width }: OutputBinding,
  isQuantised = false,
): Parity {
  const rows = Math.floor(expected.length / width)
  if (!ArrayBuffer.isView(expected) || !ArrayBuffer.isView(actual)) {
    const agrees = [...expected].every((text, index) => text === actual[index])
    return { rows, maxDifference: agrees ? 0 : 1, agrees }
  }
  const absolute = isQuantised ? QUANTISED_STEPS * largestOf(expected) : ABSOLUTE
  let maxDifference = 0
  let agrees = expected.length === actual.length
  expected.forEach((value, index) => {
    const other = actual[index] ?? NaN
    if (Object.is(value, other)) return
    const difference = Math.abs(value - other)
    if (!Number.isFinite(difference)) agrees = false
    else {
      maxDifference = Math.max(maxDifference, difference)
      if (difference > absolute + RELATIVE * Math.abs(value)) agrees = false
    }
  })
  return { rows, maxDifference, agrees }
}

function largestOf(values: Float32Array | Float64Array): number {
  let largest = ABSOLUTE
  for (const value of values) {
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  }
  return largest
}
