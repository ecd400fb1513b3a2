import { CLASSES } from '../core/caps'
import { failed, success, type Outcome } from '../core/failure'
import type { ClassLabel } from '../core/task'
import { compareCodePoints } from './compare-code-points'
import { quoted } from '../core/display-text'
import type { TargetColumn } from './target-column'

/** The different labels of the used rows. */
export interface DataLabels {
  /** Name of the target column. */
  readonly target: string
  readonly kind: 'integer' | 'text'
  /** Integers by size, texts by code point. */
  readonly labels: readonly ClassLabel[]
  /** Index into `labels` of each used row. */
  readonly codes: Int32Array
}

/** Reads a target as class labels. Whole numbers are labels however they are written: 1.0 is 1. */
export function readLabels(target: TargetColumn): Outcome<DataLabels> {
  return target.kind === 'numeric'
    ? integerLabels(target.name, target.values)
    : textLabels(target.name, target.codes, target.dictionary)
}

function integerLabels(name: string, values: Float64Array): Outcome<DataLabels> {
  const found = new Map<number, number>()
  const codes = new Int32Array(values.length)
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number
    let code = found.get(value)
    if (code === undefined) {
      if (!Number.isInteger(value)) return continuousTarget(name, value)
      if (found.size === CLASSES) return tooManyClasses(name)
      code = found.size
      found.set(value, code)
    }
    codes[row] = code
  }
  const numbers = [...found.keys()]
  const order = numbers.map((_, code) => code)
  order.sort((a, b) => (numbers[a] as number) - (numbers[b] as number))
  recode(codes, order)
  const labels = order.map((code) => String(numbers[code]))
  return success({ target: name, kind: 'integer', labels, codes })
}

function textLabels(
  name: string,
  rowCodes: Int32Array,
  dictionary: readonly string[],
): Outcome<DataLabels> {
  const isUsed = new Uint8Array(dictionary.length)
  for (const code of rowCodes) isUsed[code] = 1
  const order = dictionary.map((_, code) => code).filter((code) => isUsed[code] === 1)
  if (order.length > CLASSES) return tooManyClasses(name)
  const textOf = (code: number): string => dictionary[code] ?? ''
  order.sort((a, b) => compareCodePoints(textOf(a), textOf(b)))
  const codes = rowCodes.slice()
  recode(codes, order)
  return success({ target: name, kind: 'text', labels: order.map(textOf), codes })
}

/** Replaces each code by its position in `order`. */
function recode(codes: Int32Array, order: readonly number[]): void {
  const positions = new Int32Array(Math.max(0, ...order) + 1)
  for (const [position, code] of order.entries()) positions[code] = position
  for (let row = 0; row < codes.length; row += 1) {
    codes[row] = positions[codes[row] as number] as number
  }
}

function continuousTarget(name: string, value: number): Outcome<never> {
  return failed(
    'target-unusable',
    `The target ${quoted(name)} holds numbers such as ${String(value)}, which are no class labels.`,
    'Choose regression as the task, or a target of whole numbers or texts.',
  )
}

function tooManyClasses(name: string): Outcome<never> {
  return failed(
    'target-unusable',
    `The target ${quoted(name)} has more than ${String(CLASSES)} different values, too many for classes.`,
    'Choose another target, or regression as the task.',
  )
}
