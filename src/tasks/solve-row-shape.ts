import type { Dimension } from '../core/model'

export interface RowShape {
  /** Dimensions of one row, after the batch axis. */
  readonly rowShape: readonly number[]
  readonly hasBatchAxis: boolean
  readonly fixedBatch: number | null
}

/**
 * Reads an input's shape as a batch of rows of `width` numbers each. The first axis is the batch
 * where it is free, or where the others hold exactly `width` numbers; an input whose whole shape
 * holds `width` numbers takes one row at a time. Free axes after the first are solved for where
 * only one answer exists. An unknown rank is read as `[batch, width]`. Null where nothing fits.
 */
export function solveRowShape(shape: readonly Dimension[] | null, width: number): RowShape | null {
  if (shape === null) return { rowShape: [width], hasBatchAxis: true, fixedBatch: null }
  const [first, ...rest] = shape
  if (first !== undefined) {
    const rowShape = solve(rest, width)
    if (rowShape !== null) {
      return { rowShape, hasBatchAxis: true, fixedBatch: isFixed(first) ? first : null }
    }
    if (!isFixed(first)) return null
  }
  const whole = solve(shape, width)
  return whole === null ? null : { rowShape: whole, hasBatchAxis: false, fixedBatch: 1 }
}

/** Some writers store −1 where they mean a free axis. */
export function isFixed(dimension: Dimension): dimension is number {
  return typeof dimension === 'number' && dimension >= 0
}

/** The sizes of all axes so that they hold `width` numbers, if exactly one answer exists. */
function solve(shape: readonly Dimension[], width: number): number[] | null {
  const known = shape.filter(isFixed).reduce((product, size) => product * size, 1)
  if (known === 0 || width % known !== 0) return null
  const rest = width / known
  const free = shape.filter((dimension) => !isFixed(dimension))
  if (free.length === 0) return rest === 1 ? [...(shape as number[])] : null
  // Axes of one name have one size; nameless ones are all different.
  const named = new Set(free.filter((dimension) => typeof dimension === 'string'))
  const unknowns = named.size + free.filter((dimension) => typeof dimension !== 'string').length
  if (unknowns > 1 && rest !== 1) return null
  const size = rest === 1 ? 1 : Math.round(rest ** (1 / free.length))
  if (size ** free.length !== rest) return null
  return shape.map((dimension) => (isFixed(dimension) ? dimension : size))
}
