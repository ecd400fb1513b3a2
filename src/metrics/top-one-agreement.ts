import type { MetricValue, ParityAnswers } from '../core/metric'

/**
 * Share of rows in which the answered class is that of the reference. Null where the answers tell no
 * class, and without rows.
 *
 * NumPy: `(answered.argmax(1) == reference.argmax(1)).mean()`. Cost: one pass.
 */
export function topOneAgreement({ rows, classes }: ParityAnswers): MetricValue {
  if (classes === null || rows === 0) return null
  const { reference, answered } = classes
  let agreeing = 0
  for (let row = 0; row < rows; row += 1) if (reference[row] === answered[row]) agreeing += 1
  return agreeing / rows
}
