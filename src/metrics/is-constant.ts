/** Whether all values are the same; true of none. Exact, unlike a variance compared with 0. */
export function isConstant(values: Float32Array | Float64Array | Uint32Array): boolean {
  const first = values[0]
  for (const value of values) if (value !== first) return false
  return true
}
