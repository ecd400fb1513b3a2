import type { Dimension, PolicyStateInfo, ValueInfo } from '../core/model'
import { isAnswerName } from './policy-answer'
import { isBatchName, isObservationName } from './policy-observation'
import { nameWords } from './name-words'

/** Words that tell the state before a bar from the one after it. */
const SIDES = new Set(
  'in out input output new next prev previous old last init initial final first updated'.split(' '),
)

/**
 * Pairs the states of a recurrent model: an input and the output that holds it after a bar, of equal
 * shape but for the batch. By name (`h_in` and `h_out`, `lstm_h` and `new_lstm_h`, `h` and `h_out`, `h0`
 * and `hn`), else in the order of the file, where shapes and counts leave no choice. Empty where there
 * are none; null where a state has a size that only running it would tell.
 */
export function pairStates(
  inputs: readonly ValueInfo[],
  outputs: readonly ValueInfo[],
): readonly PolicyStateInfo[] | null {
  const named = inputs.flatMap((input) => {
    if (isObservationName(input.name)) return []
    const fitting = outputs.filter((output) => isPair(input, output) && isSameName(input, output))
    const [output] = fitting
    return output === undefined || fitting.length > 1 ? [] : [{ input, output }]
  })
  const pairs = named.length > 0 ? named : pairInOrder(inputs, outputs)
  const states = pairs.map(({ input, output }) => stateOf(input, output))
  const known = states.filter((state) => state !== null)
  const isOnce = new Set(known.map(({ output }) => output)).size === known.length
  return known.length === states.length && isOnce ? known : null
}

interface Pair {
  readonly input: ValueInfo
  readonly output: ValueInfo
}

/** The inputs that are no observation, with the outputs that are no answer, one by one. */
function pairInOrder(inputs: readonly ValueInfo[], outputs: readonly ValueInfo[]): readonly Pair[] {
  const states = inputs.filter(
    (input) => !isObservationName(input.name) && outputs.some((output) => isPair(input, output)),
  )
  const held = outputs.filter(({ name, isTensor }) => isTensor && !isAnswerName(name))
  const pairs = states.flatMap((input, index) => {
    const output = held[index]
    return output !== undefined && isPair(input, output) ? [{ input, output }] : []
  })
  const isWhole = pairs.length === states.length && held.length === states.length
  return isWhole && states.length < inputs.length && held.length < outputs.length ? pairs : []
}

function isPair(input: ValueInfo, output: ValueInfo): boolean {
  if (output.type !== 'float32' || !output.isTensor) return false
  const [a, b] = [input.shape, output.shape]
  if (a === null || b === null || a.length < 2 || a.length !== b.length) return false
  return a.every((size, axis) => isSameSize(size, b[axis] ?? null))
}

/** Names of free dimensions differ between inputs and outputs of some exporters. */
function isSameSize(a: Dimension, b: Dimension): boolean {
  return typeof a !== 'number' || typeof b !== 'number' || a === b
}

function isSameName({ name: input }: ValueInfo, { name: output }: ValueInfo): boolean {
  return stem(input) === stem(output)
}

/** A name without its side: `h` of `h_in`, `lstm h` of `new_lstm_h`, `h` of `h0` and `hn`. */
function stem(name: string): string {
  const words = nameWords(name).filter((word) => !SIDES.has(word))
  return words.map((word) => word.replace(/^([hc])[0n1txy]$/, '$1')).join(' ')
}

function stateOf({ name, shape }: ValueInfo, output: ValueInfo): PolicyStateInfo | null {
  if (shape === null) return null
  const free = shape.flatMap((size, axis) => (typeof size === 'number' ? [] : [axis]))
  const called = free.filter((axis) => isBatchName(shape[axis] ?? null))
  const batchAxis = called[0] ?? free[0] ?? fixedBatchAxis(shape)
  if (batchAxis === null || free.some((axis) => axis !== batchAxis)) return null
  const sizes = shape.map((size, axis) => (axis === batchAxis ? 1 : Number(size)))
  if (sizes.some((size) => size < 1)) return null
  return { input: name, output: output.name, batchAxis, shape: sizes }
}

/** A batch of one stands before the numbers: [layers, 1, hidden] or [1, hidden]. */
function fixedBatchAxis(shape: readonly Dimension[]): number | null {
  const axis = shape.length - 2
  return shape[axis] === 1 ? axis : null
}
