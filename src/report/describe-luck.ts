import { SIGNIFICANCE, type PolicyLuck } from '../core/comparison'
import { formatFixed, formatPercent, formatQuantity } from '../core/format'
import { formatPValue } from './format-p-value'

/** Sentences on whether the best of several policies was just lucky. */
export function describeLuck({
  overfitting,
  windows,
  trials,
}: PolicyLuck<string>): readonly string[] {
  return [
    ...(trials > 1
      ? [
          `The deflated Sharpe ratio allows for the luck of the best of ${formatQuantity(trials, 'policy', 'policies')}; policies that were tried and not given here are not counted.`,
        ]
      : []),
    ...(overfitting === null
      ? []
      : [
          `Probability of backtest overfitting: ${formatPercent(overfitting.probability, 0)}, over ${formatQuantity(overfitting.splits, 'split')} of the bars. So often the best policy of one half is no better than the middle in the other.`,
        ]),
    ...(windows === null ? [] : [describeWindows(windows)]),
  ]
}

function describeWindows({
  count,
  pValue,
  criticalDifference,
}: NonNullable<PolicyLuck<string>['windows']>): string {
  const over = `Over ${formatQuantity(count, 'window')}`
  const test = pValue === null ? 'Friedman’s test' : `Friedman’s test, ${formatPValue(pValue)}`
  return pValue !== null && pValue < SIGNIFICANCE
    ? `${over} the policies differ (${test}): average ranks ${formatFixed(criticalDifference, 2)} apart or more do (Nemenyi’s critical difference).`
    : `${over} there is no evidence that the policies differ (${test}).`
}
