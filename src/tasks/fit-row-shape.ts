import { columnWidth, type ColumnInfo } from '../core/dataset'
import type { Dimension } from '../core/model'
import { isFixed, solveRowShape, type RowShape } from './solve-row-shape'

/**
 * Reads an input's shape as a batch of rows that hold the numbers of `columns`. An array in every row
 * feeds an input of its own axes in their order, axes of one number aside (`[28, 28]` to
 * `[batch, 1, 28, 28]`), or a flat one; never axes in another order, whose numbers would stand in the
 * wrong places without a sign. Null where nothing fits.
 */
export function fitRowShape(
  shape: readonly Dimension[] | null,
  columns: readonly ColumnInfo[],
): RowShape | null {
  const width = columns.reduce((sum, column) => sum + columnWidth(column), 0)
  const array = columns.find(isArray)
  if (array?.shape === undefined) return solveRowShape(shape, width)
  const axes = columns.length === 1 ? array.shape : [width]
  if (shape === null) return { rowShape: axes, hasBatchAxis: true, fixedBatch: null }
  const [first, ...rest] = shape
  if (first !== undefined) {
    const rowShape = alignAxes(rest, axes)
    if (rowShape !== null) {
      return { rowShape, hasBatchAxis: true, fixedBatch: isFixed(first) ? first : null }
    }
  }
  if (shape.every(isFixed)) {
    const rowShape = alignAxes(shape, axes)
    if (rowShape !== null) return { rowShape, hasBatchAxis: false, fixedBatch: 1 }
  }
  const flat = solveRowShape(shape, width)
  return flat !== null && flat.rowShape.filter((size) => size !== 1).length < 2 ? flat : null
}

/** Whether the numbers of a row have an order in more than one direction. */
function isArray({ shape }: ColumnInfo): boolean {
  return shape !== undefined && shape.filter((size) => size !== 1).length > 1
}

/** The sizes of the wanted axes when they hold `axes` in this order; null where they do not. */
function alignAxes(
  wanted: readonly Dimension[],
  axes: readonly number[],
): readonly number[] | null {
  const isEqual = wanted.length === axes.length && wanted.every((d, i) => takes(d, axes[i] ?? 1))
  const sizes = isEqual ? axes : alignFromEnd(wanted, axes)
  return sizes !== null && agree(wanted, sizes) ? sizes : null
}

/** Axes of one number aside; what is left over is 1 where it is free, as channels in front are. */
function alignFromEnd(
  wanted: readonly Dimension[],
  axes: readonly number[],
): readonly number[] | null {
  const left = axes.filter((size) => size !== 1)
  const sizes = wanted.toReversed().map((dimension) => (dimension === 1 ? 1 : (left.pop() ?? 1)))
  const rowShape = sizes.toReversed()
  return left.length === 0 && wanted.every((d, i) => takes(d, rowShape[i] ?? 1)) ? rowShape : null
}

function takes(dimension: Dimension, size: number): boolean {
  return !isFixed(dimension) || dimension === size
}

/** Axes of one name have one size. */
function agree(wanted: readonly Dimension[], sizes: readonly number[]): boolean {
  const known = new Map<string, number>()
  return wanted.every((dimension, place) => {
    if (typeof dimension !== 'string') return true
    const size = sizes[place] ?? 1
    const other = known.get(dimension) ?? size
    known.set(dimension, size)
    return other === size
  })
}
