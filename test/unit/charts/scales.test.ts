import { describe, expect, it } from 'vitest'
import { dotPath, linePath } from '../../../src/charts/line-path'
import { linearScale } from '../../../src/charts/linear-scale'
import { modelPaint } from '../../../src/charts/model-paint'
import { plotBox } from '../../../src/charts/plot-box'

describe('linearScale', () => {
  it('maps ends to ends, and an empty domain to the middle', () => {
    const scale = linearScale([-1, 3], [100, 0])
    expect([scale.at(-1), scale.at(1), scale.at(3)]).toEqual([100, 50, 0])
    expect(linearScale([2, 2], [0, 10]).at(2)).toBe(5)
  })
})

describe('paths', () => {
  const x = linearScale([0, 1], [0, 10])
  it('draws lines and dots, to the shorter column', () => {
    expect(linePath([0, 1, 2], [0, 0.5], x, x)).toBe('M0.00 0.00L10.00 5.00')
    expect(dotPath([0, 1], [1, 0], x, x)).toBe('M0.00 10.00h0M10.00 0.00h0')
    expect(linePath([], [], x, x)).toBe('')
  })
})

describe('plotBox', () => {
  it('lets y grow upwards', () => {
    const { y } = plotBox(100, 100, [0, 1], [0, 1])
    expect(y.at(1)).toBeLessThan(y.at(0))
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
