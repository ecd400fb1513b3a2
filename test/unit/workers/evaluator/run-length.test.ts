import { describe, expect, it } from 'vitest'
import { RunLength } from '../../../../workers/evaluator/run-length'

/** Lengths of `runs` runs that cost a call and so much per bar. */
function lengths(
  length: RunLength,
  runs: number,
  cost: (bars: number, run: number) => number,
): number[] {
  return Array.from({ length: runs }, (_, run) => {
    const { bars } = length
    length.note(cost(bars, run))
    return bars
  })
}

const most = (values: readonly number[]) =>
  values.reduce((best, value) =>
    values.filter((x) => x === value).length > values.filter((x) => x === best).length
      ? value
      : best,
  )

describe('RunLength', () => {
  it('grows where bars ahead cost nothing, to the most', () => {
    const length = new RunLength(100, (bars) => bars)
    expect(most(lengths(length, 200, () => 1).slice(-40))).toBe(64)
  })

  it('falls to single bars where bars ahead are in vain', () => {
    const length = new RunLength(100, () => 1)
    const seen = lengths(length, 200, (bars) => bars)
    expect(seen[0]).toBe(8)
    expect(most(seen.slice(-40))).toBe(1)
  })

  it('finds what lies between, while the runtime gets faster and runs are held up', () => {
    // An order in every ninth bar: the best is near √(8 · 24) = 14.
    const length = new RunLength(1024, (bars) => bars / (1 + (bars - 1) / 9))
    const seen = lengths(
      length,
      800,
      (bars, run) => (24 + bars) * (1 + 20 / (1 + run)) + (run % 9 === 0 ? 1000 : 0),
    )
    expect(most(seen.slice(-100))).toBe(16)
  })

  it('takes no more than it may', () => {
    const length = new RunLength(1, (bars) => bars)
    expect(new Set(lengths(length, 50, () => 1))).toEqual(new Set([1]))
  })
})
