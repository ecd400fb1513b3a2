import type { ModelInfo, TensorType } from '../../core/model'
import type { InputMapping } from '../map-inputs'
import { rowNumbers } from '../row-width'

/** An output that has an answer for every row. */
export interface ReadableOutput {
  readonly output: string
  /** Numbers per row; null where the file does not say how many. */
  readonly width: number | null
  /** One whole number or text per row is a label; anything else are values. */
  readonly kind: 'labels' | 'values'
  readonly type: TensorType
}

const FLOATS: ReadonlySet<TensorType> = new Set<TensorType>(['float32', 'float64', 'float16'])
const WHOLES: ReadonlySet<TensorType> = new Set<TensorType>([
  ...(['int64', 'int32', 'int16', 'int8'] as const),
  ...(['uint64', 'uint32', 'uint16', 'uint8', 'bool'] as const),
])

/**
 * What can be read of a model row by row. Texts cannot stand beside numbers: where there are numbers
 * they are left aside.
 */
export function readableOutputs(model: ModelInfo, inputs: InputMapping): readonly ReadableOutput[] {
  const all = model.outputs.flatMap(({ name, type, shape, isTensor }): ReadableOutput[] => {
    const row = isTensor ? rowNumbers(shape, inputs) : null
    if (row === null) return []
    const { width } = row
    if (FLOATS.has(type)) return [{ output: name, width, kind: 'values', type }]
    const isLabel = (width ?? 1) === 1
    if (type === 'string') return isLabel ? [{ output: name, width: 1, kind: 'labels', type }] : []
    if (!WHOLES.has(type)) return []
    // A single whole number per row, where the file leaves the row open, is what classifiers give.
    const hint = /label|class|pred/i.test(name)
    if (width === 1 || (width === null && hint)) {
      return [{ output: name, width: 1, kind: 'labels', type }]
    }
    return [{ output: name, width, kind: 'values', type }]
  })
  const numbers = all.filter(({ type }) => type !== 'string')
  return numbers.length > 0 ? numbers : all.slice(0, 1)
}
