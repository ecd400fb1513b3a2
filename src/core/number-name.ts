/** `logits[3]`: a number of a row by its column, counted through several outputs. */
export function numberName(
  outputs: readonly { readonly output: string; readonly width: number }[],
  column: number,
): string {
  let left = column
  for (const { output, width } of outputs) {
    if (left < width) return width === 1 ? output : `${output}[${String(left)}]`
    left -= width
  }
  return ''
}
