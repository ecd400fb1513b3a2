import { SIGNIFICANCE } from '../core/comparison'
import { formatFixed } from '../core/format'

/** `p = 0.34`, `p = 0.021`, `p < 0.001`. */
export function formatPValue(pValue: number): string {
  if (pValue < 0.001) return 'p < 0.001'
  if (pValue >= 0.9995) return 'p = 1'
  // 0.0499 and 0.0501 must not read the same.
  if (Math.abs(pValue - SIGNIFICANCE) < 0.0005) return `p = ${formatFixed(pValue, 4)}`
  const decimals = pValue >= 0.0995 ? 2 : pValue >= 0.00995 ? 3 : 4
  return `p = ${formatFixed(pValue, decimals)}`
}
