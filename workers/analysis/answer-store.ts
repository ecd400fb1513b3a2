import type { AnswerData } from '../../src/contract/evaluator'
import { failed, success, type Outcome } from '../../src/core/failure'
import type { OutputBinding } from '../../src/core/task'

/** Numbers or texts of one model; probabilities take twice the memory for a while. */
const ANSWERS_CAP = 2 ** 28

type Store = Float32Array | Float64Array | string[]

/** The answers of one model, row by row, whatever order they come in. */
export class AnswerStore {
  readonly #isAnswered: Uint8Array
  #missing: number

  private constructor(
    readonly output: OutputBinding,
    readonly data: Store,
    rows: number,
  ) {
    this.#isAnswered = new Uint8Array(rows)
    this.#missing = rows
  }

  /** Makes room for all rows, in the type of the first piece. */
  static create(output: OutputBinding, rows: number, first: AnswerData): Outcome<AnswerStore> {
    const size = rows * output.width
    if (!Number.isInteger(size) || size < 1 || size > ANSWERS_CAP) {
      return failed(
        'out-of-memory',
        `The model answers ${String(output.width)} numbers for each of ${String(rows)} rows, more than the ${String(ANSWERS_CAP)} that can be kept.`,
        'Use fewer rows.',
      )
    }
    return success(new AnswerStore(output, makeStore(first, size), rows))
  }

  /** Rows that have no answer yet. */
  get missing(): number {
    return this.#missing
  }

  /** Copies the answers of rows `start` … `end − 1`; a row is taken once. */
  add(output: OutputBinding, start: number, end: number, data: AnswerData): Outcome<null> {
    const { width } = this.output
    const isRange = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end
    if (!isRange || end > this.#isAnswered.length)
      return misplaced('outside of the data', start, end)
    if (output.kind !== this.output.kind || output.width !== width) {
      return misplaced('of another output than before', start, end)
    }
    if (data.length !== (end - start) * width) {
      return failed(
        'output-shape',
        `The model gave ${String(data.length)} answers to ${String(end - start)} rows, ${String((end - start) * width)} were expected.`,
        'Check that the output has one answer per row.',
      )
    }
    const answered = this.#isAnswered.subarray(start, end)
    if (answered.includes(1)) return misplaced('that were answered before', start, end)
    if (!copy(data, this.data, start * width)) {
      return misplaced('of another type than before', start, end)
    }
    answered.fill(1)
    this.#missing -= end - start
    return success(null)
  }
}

function makeStore(first: AnswerData, size: number): Store {
  if (first instanceof Float32Array) return new Float32Array(size)
  if (first instanceof Float64Array) return new Float64Array(size)
  return new Array<string>(size).fill('')
}

/** False where texts meet numbers. */
function copy(from: AnswerData, to: Store, offset: number): boolean {
  if (ArrayBuffer.isView(from)) {
    if (!ArrayBuffer.isView(to)) return false
    to.set(from, offset)
    return true
  }
  if (ArrayBuffer.isView(to)) return false
  for (const [position, text] of from.entries()) to[offset + position] = text
  return true
}

function misplaced(how: string, start: number, end: number): Outcome<never> {
  return failed(
    'internal',
    `Answers came for rows ${how}.`,
    'Compare again.',
    `rows ${String(start)} to ${String(end)}`,
  )
}
