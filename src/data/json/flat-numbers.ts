import { JSON_AXES } from '../../core/caps'

/**
 * Nested arrays of numbers as one row-major list; null within them is NaN, true and false are 1 and 0.
 * Null where they hold anything else, or rows of different lengths.
 */
export function flatNumbers(
  array: readonly unknown[],
): { readonly values: readonly number[]; readonly shape: readonly number[] } | null {
  const shape: number[] = []
  let inner: unknown = array
  while (Array.isArray(inner)) {
    if (shape.length === JSON_AXES || inner.length === 0) return null
    shape.push(inner.length)
    inner = inner[0] as unknown
  }
  const values: number[] = []
  return collect(array, shape, 0, values) ? { values, shape } : null
}

function collect(
  array: readonly unknown[],
  shape: readonly number[],
  axis: number,
  values: number[],
): boolean {
  if (array.length !== shape[axis]) return false
  const isLast = axis === shape.length - 1
  for (const entry of array) {
    if (isLast) {
      if (entry !== null && typeof entry !== 'number' && typeof entry !== 'boolean') return false
      values.push(entry === null ? NaN : Number(entry))
    } else if (!Array.isArray(entry) || !collect(entry, shape, axis + 1, values)) return false
  }
  return true
}
