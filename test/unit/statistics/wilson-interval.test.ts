import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { wilsonInterval } from '../../../src/statistics/wilson-interval'

interface Case {
  readonly hits: number
  readonly rows: number
  readonly interval: readonly [number, number]
}

const { wilson } = JSON.parse(
  readFileSync(new URL('../../reference/parity.expected.json', import.meta.url), 'utf8'),
) as { wilson: readonly Case[] }

it.each(wilson)('gives the interval of $hits in $rows', ({ hits, rows, interval }) => {
  const [low, high] = wilsonInterval(hits, rows)
  expect(low).toBeCloseTo(interval[0], 12)
  expect(high).toBeCloseTo(interval[1], 12)
})

it('mirrors hits and misses, and stays within 0 and 1', () => {
  for (const hits of [0, 1, 13, 50]) {
    const [low, high] = wilsonInterval(hits, 50)
    const [mirroredLow, mirroredHigh] = wilsonInterval(50 - hits, 50)
    expect(low).toBeCloseTo(1 - mirroredHigh, 12)
    expect(high).toBeCloseTo(1 - mirroredLow, 12)
    expect(low).toBeGreaterThanOrEqual(0)
    expect(high).toBeLessThanOrEqual(1)
  }
})
