import { describe, expect, it } from 'vitest'
import { timeTicks } from '../../../src/charts/time-ticks'

const DAY = 86_400_000
const labels = (from: string, to: string, count = 4) =>
  timeTicks(Date.parse(from), Date.parse(to), count).map(({ label }) => label)

describe('timeTicks', () => {
  it('counts as clocks and calendars do', () => {
    expect(labels('2024-03-04T09:31Z', '2024-03-04T11:05Z')).toEqual(['10:00', '10:30', '11:00'])
    expect(labels('2024-03-04T18:00Z', '2024-03-05T06:00Z')).toEqual([
      ...['18:00', '21:00', '5 Mar', '03:00', '06:00'],
    ])
    expect(labels('2024-02-27T05:00Z', '2024-03-03T20:00Z')).toEqual(['29 Feb', '2 Mar'])
    expect(labels('2023-11-20T00:00Z', '2024-03-10T00:00Z')).toEqual([
      ...['Dec 2023', 'Jan 2024', 'Feb 2024', 'Mar 2024'],
    ])
    expect(labels('1999-06-01', '2024-06-01')).toEqual(['2000', '2010', '2020'])
  })

  it('stays within the range and near the count, over many spans', () => {
    for (let span = 1000; span < 200 * 365 * DAY; span *= 1.7) {
      for (const count of [3, 4, 6]) {
        const low = Date.parse('1987-05-17T11:13:17Z')
        const ticks = timeTicks(low, low + span, count)
        expect(ticks.every(({ value }) => value >= low && value <= low + span)).toBe(true)
        expect(ticks.length).toBeLessThanOrEqual(count + 1)
        expect(ticks.length, `${String(span)} ${String(count)}`).toBeGreaterThanOrEqual(1)
        expect(new Set(ticks.map(({ value }) => value)).size).toBe(ticks.length)
      }
    }
  })

  it('marks one time with its day', () => {
    expect(timeTicks(0, 0)).toEqual([{ value: 0, label: '1 Jan' }])
  })
})
