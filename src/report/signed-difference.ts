import type { Comparison } from '../core/comparison'
import type { MetricInfo } from '../core/metric'
import { differenceText, type DifferenceText } from './difference-text'

/** `+1.0 points`, `−0.031`: candidate minus baseline, with its sign. */
export function signedDifference(
  { difference, interval }: Pick<Comparison, 'difference' | 'interval'>,
  unit: MetricInfo['unit'],
): DifferenceText {
  const text = differenceText(difference, interval, unit)
  const isPositive = difference > 0 && /[1-9]/.test(text.difference)
  return isPositive ? { ...text, difference: `+${text.difference}` } : text
}
