import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stop } from '../../../src/charts/chart'
import { dodge } from '../../../src/charts/dodge'
import { fitNames } from '../../../src/charts/fit-names'
import { nearestStop } from '../../../src/charts/nearest-stop'
import { paretoFront } from '../../../src/charts/pareto-front'
import { placeLabels } from '../../../src/charts/place-labels'
import { stepStop } from '../../../src/charts/step-stop'
import { fitText, textWidth } from '../../../src/charts/text-width'

const stop = (x: number, y: number | null, line = 0): Stop => ({
  ...{ x, y, line },
  read: () => ({ head: '', items: [] }),
})

describe('fitText', () => {
  it('keeps what fits, and start and end of what does not', () => {
    expect(fitText('short', 200)).toBe('short')
    expect(fitText('digits', textWidth('digits'))).toBe('digits')
    expect(fitText('window_1_recurrent_v1.cnn', 100)).toMatch(/^wind.*….*v1\.cnn$/)
  })

  it('never grows wider than asked, where an ellipsis has room', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 14, max: 300 }),
        (text, width) => {
          expect(textWidth(fitText(text, width))).toBeLessThanOrEqual(width + 0.01)
        },
      ),
    )
  })
})

describe('fitNames', () => {
  const family = ['wf_1_recurrent_policy.linear', 'wf_2_recurrent_policy.linear']
  it('takes the narrowest width at which names differ', () => {
    const [a, b] = fitNames(family, [40, 400])
    expect([a, b]).toEqual(family)
    expect(fitNames(['alpha_long_name', 'omega_long_name'], [60, 400]).join()).toContain('…')
    expect(fitNames(['same', 'same'], [4, 400])).toEqual(['…', '…'])
  })
})

describe('dodge', () => {
  it('moves marks that would cover each other into other lanes', () => {
    expect(dodge([10, 10, 50, 10], 9, 5)).toEqual([0, 1, 0, -1])
    expect(dodge([5, 5, 5], 9, 2)).toHaveLength(3)
  })

  it('leaves no two marks of one lane closer than the gap while lanes last', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 }), (places) => {
        const lanes = dodge(places, 9, 5)
        places.forEach((a, i) => {
          places.forEach((b, j) => {
            if (i < j && lanes[i] === lanes[j]) expect(Math.abs(a - b)).toBeGreaterThanOrEqual(9)
          })
        })
      }),
    )
  })
})

describe('paretoFront', () => {
  const models = [
    { rate: 10, value: 0.99 },
    { rate: 20, value: 0.98 },
    { rate: 15, value: 0.97 },
    { rate: 30, value: 0.9 },
    { rate: 30, value: 0.9 },
  ]
  it('holds who is beaten by none, slowest first, equals too', () => {
    expect(paretoFront(models, 'higher')).toEqual([0, 1, 3, 4])
    expect(paretoFront(models, 'lower')).toEqual([3, 4])
  })

  it('holds every model that no other one beats, and no more', () => {
    const model = fc.record({
      rate: fc.integer({ min: 1, max: 6 }),
      value: fc.integer({ max: 6, min: 0 }),
    })
    fc.assert(
      fc.property(fc.array(model, { minLength: 1, maxLength: 8 }), (all) => {
        const front = paretoFront(all, 'higher')
        all.forEach((one, index) => {
          const isBeaten = all.some(
            ({ rate, value }) =>
              (rate >= one.rate && value > one.value) || (rate > one.rate && value >= one.value),
          )
          expect(front.includes(index)).toBe(!isBeaten)
        })
      }),
    )
  })
})

describe('placeLabels', () => {
  const room = { left: 0, right: 300, top: 0, bottom: 200 }
  it('puts a name beside its dot, and to the other side at the edge', () => {
    const [middle, edge] = placeLabels(
      [
        { text: 'name', at: [100, 100] },
        { text: 'last', at: [298, 20] },
      ],
      [
        [100, 100],
        [298, 20],
      ],
      room,
    )
    expect(middle).toMatchObject({ anchor: 'start' })
    expect(edge?.anchor).not.toBe('start')
  })

  it('leaves out what would cover another name', () => {
    const crowd = Array.from({ length: 30 }, () => ({ text: 'a name', at: [150, 100] as const }))
    const placed = placeLabels(
      crowd,
      crowd.map(({ at }) => at),
      room,
    )
    expect(placed.filter((label) => label !== null).length).toBeLessThan(6)
    expect(placed[0]).not.toBeNull()
  })
})

describe('stops', () => {
  const grid = [0, 1, 2].flatMap((line) => [10, 20, 30].map((x) => stop(x, line * 10, line)))
  it('finds the nearest one, by x alone where a stop is a whole column', () => {
    expect(nearestStop(grid, 21, 9)).toBe(4)
    expect(nearestStop([stop(10, null), stop(90, null)], 60, 999)).toBe(1)
    expect(nearestStop([], 1, 1)).toBeNull()
  })

  it('walks lines and between lines', () => {
    expect(stepStop(grid, null, 'ArrowRight')).toBe(0)
    expect(stepStop(grid, null, 'End')).toBe(2)
    expect(stepStop(grid, 0, 'ArrowRight')).toBe(1)
    expect(stepStop(grid, 0, 'ArrowLeft')).toBe(0)
    expect(stepStop(grid, 1, 'ArrowDown')).toBe(4)
    expect(stepStop(grid, 4, 'ArrowUp')).toBe(1)
    expect(stepStop(grid, 1, 'ArrowUp')).toBe(1)
    expect(stepStop(grid, 4, 'Home')).toBe(3)
    expect(stepStop(grid, 4, 'End')).toBe(5)
    expect(stepStop(grid, 4, 'a')).toBeNull()
    expect(stepStop(grid, null, 'Tab')).toBeNull()
    expect(stepStop([], null, 'ArrowRight')).toBeNull()
  })

  it('passes a tenth of a line by page', () => {
    const line = Array.from({ length: 100 }, (_, x) => stop(x, null))
    expect(stepStop(line, 50, 'PageDown')).toBe(60)
    expect(stepStop(line, 5, 'PageUp')).toBe(0)
  })
})
