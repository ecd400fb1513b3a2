/** Whether all values are the same; true of none. Exact, unlike a variance compared with 0. */
export function isConstant(values: Float64Array): boolean {
  const first = values[0]
  return values.every((value) => value === first)
}
