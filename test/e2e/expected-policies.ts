import type { Report } from '../../src/core/report'
import { fromRoot } from '../../src/headless/repository.mjs'
import reference from '../reference/policies.expected.json' with { type: 'json' }
import { expect } from './served'

type Figures = Readonly<Record<string, number>>

interface Expected {
  readonly whole: { readonly metrics: Figures; readonly finalEquity: number }
  readonly perWindow: readonly {
    readonly start: number
    readonly end: number
    readonly metrics: Figures
  }[]
}

const EXPECTED: Readonly<Record<string, Expected>> = reference.models

export const MARKET = fromRoot('test/fixtures/policies/market-15min.csv')

/** Path of a policy of `test/fixtures`, by its file name. */
export function fixturePolicy(fileName: string): string {
  return fromRoot(`test/fixtures/policies/${fileName}`)
}

/** What stable-baselines3 and the reference account make of a policy. */
export function expectedPolicy(name: string): Expected {
  const expected = EXPECTED[`${name}.zip`]
  if (expected === undefined) throw new Error(`no reference of ${name}`)
  return expected
}

/**
 * Every figure of the whole range and of each window is in the report, equal to 1e-6 of its size.
 * @param like the policy whose figures these are, where another file holds the same one
 */
export function expectPolicyAgreement(report: Report, name: string, like = name): void {
  const found = report.models.find((model) => model.name === name)
  expect(found?.status, name).toBe('ok')
  const expected = expectedPolicy(like)
  expectFigures(found?.metrics ?? {}, expected.whole.metrics, name)
  expect(found?.details.policy?.equity.equity.at(-1)).toBeCloseTo(expected.whole.finalEquity, 6)
  expect(found?.windows).toHaveLength(expected.perWindow.length)
  for (const [index, { start, end, metrics }] of expected.perWindow.entries()) {
    const window = found?.windows?.[index]
    expect(window, `window ${String(index)} of ${name}`).toMatchObject({ index, start, end })
    expectFigures(window?.metrics ?? {}, metrics, `${name}, window ${String(index)}`)
  }
}

function expectFigures(
  found: Readonly<Record<string, number | null>>,
  expected: Figures,
  whose: string,
): void {
  expect(Object.keys(expected).length, whose).toBeGreaterThan(10)
  for (const [metric, figure] of Object.entries(expected)) {
    const value = found[metric] ?? NaN
    const error = Math.abs(value - figure) / Math.max(1, Math.abs(figure))
    expect(error, `${metric} of ${whose}: ${String(value)}, ${String(figure)}`).toBeLessThan(1e-6)
  }
}
