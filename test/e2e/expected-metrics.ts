import type { Report } from '../../src/core/report'
import fixtures from '../fixtures/expected.json' with { type: 'json' }
import digits from '../reference/digits.expected.json' with { type: 'json' }
import { expect } from './served'

const FILES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...digits.digits.models,
  ...fixtures.iris.models,
  ...fixtures.breastCancer.models,
  ...fixtures.diabetes.models,
}

/** scikit-learn's figures for a model of the demo or of `test/fixtures`, by metric id. */
export function expectedMetrics(model: string): ReadonlyMap<string, number> {
  const figures = Object.entries(FILES[`${model}.onnx`] ?? {})
  return new Map(figures.filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
}

/**
 * Every figure that scikit-learn gives for the model is in the report, equal to 1e-6 of its size.
 * @param model name in the report
 * @param like the model whose figures these are, where another one answers alike
 */
export function expectAgreement(report: Report, model: string, like = model): void {
  const found = report.models.find(({ name }) => name === model)
  expect(found?.status, model).toBe('ok')
  const expected = expectedMetrics(like)
  expect(expected.size, like).toBeGreaterThan(5)
  for (const [metric, figure] of expected) {
    const value = found?.metrics[metric] ?? NaN
    const error = Math.abs(value - figure) / Math.max(1, Math.abs(figure))
    expect(error, `${metric} of ${model}: ${String(value)}, ${String(figure)}`).toBeLessThan(1e-6)
  }
}
