import { describe, expect, it } from 'vitest'
import { RandomGenerator } from '../../../src/statistics/random-generator'
import { statisticsReference } from './statistics-reference'

describe('the random generator', () => {
  it('gives the published numbers of xoshiro128** from the state 1, 2, 3, 4', () => {
    const generator = RandomGenerator.fromState([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, () => generator.nextUint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ])
  })

  it('gives the numbers of an implementation in whole numbers of any size, by seed', () => {
    for (const { seed, words, below } of statisticsReference.generator) {
      const plain = new RandomGenerator(seed)
      expect(words.map(() => plain.nextUint32())).toEqual(words)
      const bounded = new RandomGenerator(seed)
      expect(below.map(([size = NaN]) => [size, bounded.nextBelow(size)])).toEqual(below)
    }
  })

  it('draws a resample as that many single draws, and goes on from there', () => {
    for (const rows of [1, 7, 250, 1000]) {
      const [whole, single] = [new RandomGenerator(5), new RandomGenerator(5)]
      const counts = new Uint8Array(rows).fill(9)
      whole.drawCounts(counts)
      const expected = new Uint8Array(rows)
      for (let draw = 0; draw < rows; draw += 1) {
        const row = single.nextBelow(rows)
        expected[row] = (expected[row] ?? 0) + 1
      }
      expect(counts).toEqual(expected)
      expect(whole.nextUint32()).toBe(single.nextUint32())
    }
    expect(() => {
      new RandomGenerator(0).drawCounts(new Uint8Array(0))
    }).not.toThrow()
  })

  it('draws every number below a size about equally often, and floats below 1', () => {
    const generator = new RandomGenerator(1)
    const counts = new Array<number>(7).fill(0)
    let sum = 0
    for (let draw = 0; draw < 70_000; draw += 1) {
      const value = generator.nextBelow(7)
      counts[value] = (counts[value] ?? NaN) + 1
      sum += generator.nextFloat()
    }
    // Six degrees of freedom: above 22.5 once in a thousand seeds.
    const chiSquared = counts.reduce((total, count) => total + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquared).toBeLessThan(22.5)
    expect(sum / 70_000).toBeCloseTo(0.5, 2)
  })
})
