import type { Dimension } from '../core/model'
import type { InputMapping } from './map-inputs'

/**
 * Numbers per row of an output: `{ width: null }` where the file does not say how many, null where
 * the output is not one answer per row (a grid, a sequence, one figure for the whole batch).
 */
export function rowWidth(
  shape: readonly Dimension[] | null,
  inputs: InputMapping,
): { readonly width: number | null } | null {
  if (shape === null) return { width: null }
  const row = rowDimensions(shape, inputs)
  if (row === null) return null
  const sizes = row.filter((size) => size !== 1)
  const [size] = sizes
  if (sizes.length > 1) return null
  if (size === undefined) return { width: 1 }
  return isFixed(size) ? (size === 0 ? null : { width: size }) : { width: null }
}

/**
 * Numbers per row of an output of any rank (a grid, a sequence): `{ width: null }` where the file does
 * not say how many, null where the output has no row of its own for each row of input.
 */
export function rowNumbers(
  shape: readonly Dimension[] | null,
  inputs: InputMapping,
): { readonly width: number | null } | null {
  if (shape === null) return { width: null }
  const row = rowDimensions(shape, inputs)
  if (row === null) return null
  const width = row.every(isFixed) ? row.reduce((product, size) => product * size, 1) : null
  return width === 0 || (width !== null && !Number.isSafeInteger(width)) ? null : { width }
}

function rowDimensions(
  shape: readonly Dimension[],
  { inputs, fixedBatch }: InputMapping,
): readonly Dimension[] | null {
  if (inputs.some((input) => !input.hasBatchAxis)) return shape
  const [first, ...rest] = shape
  if (first === undefined) return fixedBatch === 1 ? [] : null
  if (!isFixed(first) || first === fixedBatch) return rest
  if (fixedBatch === 1) return shape
  // Exporters that trace one row may leave its 1 in the output of a free batch.
  return fixedBatch === null && first === 1 ? rest : null
}

function isFixed(dimension: Dimension): dimension is number {
  return typeof dimension === 'number' && dimension >= 0
}
