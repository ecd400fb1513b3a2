import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linePath } from '../../../src/charts/line-path'
import { modelPaint } from '../../../src/charts/model-paint'
import { padDomain } from '../../../src/charts/pad-domain'
import { plotBox } from '../../../src/charts/plot-box'
import { tickText } from '../../../src/charts/tick-text'

const room = { left: 0, right: 320, top: 0, bottom: 240 }

describe('plotBox', () => {
  it('lets y grow upwards and x to the right, within the room', () => {
    const box = plotBox(room, { domain: [0, 1], label: 'x' }, { domain: [-5, 5], label: 'y' })
    expect([box.x(0), box.x(1)]).toEqual([box.left, box.right])
    expect([box.y(-5), box.y(5)]).toEqual([box.bottom, box.top])
    expect(box.left).toBeGreaterThan(0)
    expect(box.right).toBeLessThan(320)
  })

  it('gives long ticks more room', () => {
    const left = (high: number) =>
      plotBox(room, { domain: [0, 1], label: '' }, { domain: [0, high], label: '' }).left
    expect(left(500_000)).toBeGreaterThan(left(5))
  })

  it('puts few ticks on a logarithmic axis, all within it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3, max: 6 }),
        fc.double({ min: 8, max: 1e6, noNaN: true }),
        (power, ratio) => {
          const domain = [10 ** power, 10 ** power * ratio] as const
          const { x } = plotBox(
            room,
            { domain, label: '', isLog: true },
            { domain: [0, 1], label: '' },
          )
          const places = x.ticks.map(({ at }) => at)
          expect(places.length).toBeGreaterThan(0)
          expect(places.every((at) => at >= -1e-6 && at <= 320)).toBe(true)
          expect(new Set(x.ticks.map(({ text }) => text)).size).toBe(places.length)
        },
      ),
    )
  })
})

describe('tickText', () => {
  const texts = (ticks: number[]) => ticks.map(tickText(ticks))
  it.each([
    [
      [0, 0.5, 1],
      ['0.0', '0.5', '1.0'],
    ],
    [
      [-20, 0, 20],
      ['−20', '0', '20'],
    ],
    [
      [0, 0.002],
      ['0.000', '0.002'],
    ],
    [
      [0, 50_000],
      ['0', '50\u202f000'],
    ],
    [
      [0, 500_000, 1_000_000],
      ['0', '500K', '1M'],
    ],
    [
      [-2e-9, 0],
      ['−2E−9', '0E0'],
    ],
  ])('%j', (ticks, expected) => {
    expect(texts(ticks)).toEqual(expected)
  })

  it('tells neighbours apart at any step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -12, max: 12 }),
        fc.constantFrom(1, 2, 5),
        fc.integer({ min: -40, max: 40 }),
        (power, step, from) => {
          const ticks = [0, 1, 2, 3].map((index) => (from + index) * step * 10 ** power)
          expect(new Set(texts(ticks)).size).toBe(4)
        },
      ),
    )
  })
})

describe('padDomain', () => {
  it('leaves room around values, a single one and none', () => {
    const [low, high] = padDomain([10, 20])
    expect(low).toBeLessThan(10)
    expect(high).toBeGreaterThan(20)
    expect(padDomain([3])[0]).toBeLessThan(3)
    expect(padDomain([0])).toEqual([-0.5, 0.5])
    expect(padDomain([])).toEqual([0, 1])
  })
})

describe('linePath', () => {
  it('draws to the shorter column', () => {
    const x = (value: number) => value * 10
    expect(linePath([0, 1, 2], [0, 0.512], x, x)).toBe('M0,0L10,5.12')
    expect(linePath([], [], x, x)).toBe('')
  })
})

describe('modelPaint', () => {
  it('gives 24 models different paints', () => {
    const paints = Array.from({ length: 24 }, (_, index) => {
      const { colour, pattern } = modelPaint(index)
      return `${colour} ${pattern}`
    })
    expect(new Set(paints).size).toBe(24)
    expect(modelPaint(8)).toEqual({ colour: 'var(--model-0)', pattern: 'striped', dash: '7 3' })
  })
})
