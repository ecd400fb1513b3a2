import { formatDistance } from '../core/format'

/** `a difference of 1.0e−5 + 0.001 × |reference| is within tolerance`. */
export function describeTolerance({
  absolute,
  relative,
}: {
  readonly absolute: number
  readonly relative: number
}): string {
  const parts = [
    ...(absolute > 0 || relative === 0 ? [formatDistance(absolute)] : []),
    ...(relative > 0 ? [`${formatDistance(relative)} × |reference|`] : []),
  ]
  return `tolerance ${parts.join(' + ')}`
}
