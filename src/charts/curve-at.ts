/** Index of the last x at or before `wanted`; `xs` ascend. −1 before the first. */
export function curveAt(xs: readonly number[], wanted: number): number {
  let low = 0
  let high = xs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((xs[middle] ?? Infinity) <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}
