import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

type Row = readonly number[]

/** What `test/reference/make_statistics.py` writes. */
interface StatisticsReference {
  readonly normal: { readonly values: readonly Row[]; readonly quantiles: readonly Row[] }
  readonly incompleteGamma: readonly Row[]
}

export const statisticsReference = JSON.parse(
  readFileSync(new URL('../../reference/statistics.expected.json', import.meta.url), 'utf8'),
) as StatisticsReference

/** Equal in relation to the expected value, so that far tails count as much as the middle. */
export function expectClose(actual: number, expected: number, relative: number, name: string) {
  const distance = Math.abs(actual - expected)
  expect(distance, `${name}: ${String(actual)} for ${String(expected)}`).toBeLessThanOrEqual(
    relative * Math.abs(expected),
  )
}
