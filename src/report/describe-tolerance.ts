/** `tolerance 1e−5 + 0.001 × |reference|`. */
export function describeTolerance({
  absolute,
  relative,
}: {
  readonly absolute: number
  readonly relative: number
}): string {
  const parts = [
    ...(absolute > 0 || relative === 0 ? [plain(absolute)] : []),
    ...(relative > 0 ? [`${plain(relative)} × |reference|`] : []),
  ]
  return `tolerance ${parts.join(' + ')}`
}

/** As it was set. */
function plain(value: number): string {
  const text = value > 0 && value < 1e-4 ? value.toExponential() : String(value)
  return text.replaceAll('-', '\u2212')
}
