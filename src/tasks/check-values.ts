import type { Dataset, TensorValues, ValueBounds } from '../core/dataset'
import type { TensorType } from '../core/model'
import { elementType, type ElementType } from './element-type'
import { rowSegments } from './row-segments'

export interface Misfit {
  readonly column: string
  /** Row of the dataset, from 1, header not counted. */
  readonly row: number
  readonly value: number
}

/**
 * The first value of the used rows that an element type cannot hold: a fraction in an integer type,
 * or a number out of range. Infinities fit every float type. Null where all fit.
 */
export function checkValues(
  dataset: Dataset,
  index: Uint32Array | null,
  columns: readonly number[],
  type: TensorType,
): Misfit | null {
  const element = elementType(type)
  if (element === null || type === 'float64') return null
  const rows = index?.length ?? dataset.info.rows
  for (const segment of rowSegments(dataset, index, 0, rows)) {
    const start = segment.chunk.start
    for (const column of columns) {
      const cells = segment.chunk.columns[column]
      if (cells === undefined || cells.kind === 'text') continue
      const width = cells.kind === 'tensor' ? cells.width : 1
      const bounds = cells.kind === 'tensor' ? cells.bounds : undefined
      if (bounds !== undefined) {
        const value = misfitWithin(bounds, element)
        if (value === null) continue
        return { column: dataset.info.columns[column]?.name ?? '', row: start + 1, value }
      }
      const { values } = cells
      if (alwaysFits(values, element)) continue
      for (let row = segment.from; row < segment.to; row += 1) {
        const source = index === null ? row : (index[row] as number)
        const first = (source - start) * width
        for (let place = first; place < first + width; place += 1) {
          const value = values[place] as number
          if (value >= element.min && value <= element.max && !element.isInteger) continue
          if (!fits(value, element)) {
            return { column: dataset.info.columns[column]?.name ?? '', row: source + 1, value }
          }
        }
      }
    }
  }
  return null
}

/** A value that is to be expected and does not fit; null where all within the bounds fit. */
function misfitWithin({ min, max, isInteger }: ValueBounds, element: ElementType): number | null {
  if (!fits(min, element)) return min
  if (!fits(max, element)) return max
  return element.isInteger && !isInteger ? (min + max) / 2 : null
}

/** Small integers that no value of their type can take out of range. */
function alwaysFits(values: TensorValues, { min, max }: ElementType): boolean {
  if (values instanceof Uint8Array) return min <= 0 && max >= 2 ** 8 - 1
  return values instanceof Int8Array && min <= -(2 ** 7) && max >= 2 ** 7 - 1
}

function fits(value: number, element: ElementType): boolean {
  if (!element.isInteger && !Number.isFinite(value)) return true
  if (value < element.min || value > element.max) return false
  return !element.isInteger || Number.isInteger(value)
}
