import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RESIDUAL_BINS, residualHistogram } from '../../../src/metrics/residual-histogram'
import { randomRegression } from './random-answers'
import { expectFigure, reference, regressionAnswers } from './read-reference'

const withHistogram = reference.regression.flatMap((entry) =>
  entry.histogram === undefined ? [] : [{ ...entry, histogram: entry.histogram }],
)

describe('residualHistogram', () => {
  it.each(withHistogram)('agrees with NumPy: $name', (entry) => {
    const actual = residualHistogram(regressionAnswers(entry))
    expect(actual?.counts).toEqual(entry.histogram.counts)
    actual?.edges.forEach((edge, index) => {
      expectFigure(edge, entry.histogram.edges[index] ?? null, `edge ${String(index)}`)
    })
  })

  it('counts every row once, for any finite float64', () => {
    fc.assert(
      fc.property(randomRegression, (answers) => {
        const histogram = residualHistogram(answers)
        if (histogram === null) return
        expect(histogram.edges).toHaveLength(RESIDUAL_BINS + 1)
        expect(histogram.counts).toHaveLength(RESIDUAL_BINS)
        expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(answers.rows)
        expect(histogram.edges.every(Number.isFinite)).toBe(true)
      }),
    )
  })

  it('puts every residual between the edges of its bin', () => {
    const wholes = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 2, maxLength: 80 })
    fc.assert(
      fc.property(wholes, fc.integer({ min: 2, max: 100 }), (values, divisor) => {
        const predicted = Float64Array.from(values, (value) => value / divisor)
        const answers = { rows: values.length, truth: new Float64Array(values.length), predicted }
        const { edges, counts } = residualHistogram(answers) ?? expect.fail('no histogram')
        const between = counts.map((_, bin) => {
          const [from, to] = [edges[bin] ?? NaN, edges[bin + 1] ?? NaN]
          const isLast = bin === RESIDUAL_BINS - 1
          return predicted.filter((v) => v >= from && (v < to || (isLast && v === to))).length
        })
        expect(counts).toEqual(between)
      }),
      { numRuns: 500 },
    )
  })

  it('counts residuals that differ by the smallest number there is', () => {
    const answers = { rows: 2, truth: new Float64Array(2), predicted: Float64Array.of(0, 5e-324) }
    expect(residualHistogram(answers)?.counts[20]).toBe(2)
  })

  it('spreads its bins around equal residuals, small or huge', () => {
    for (const offset of [0, 1, 1e300]) {
      const answers = {
        rows: 2,
        truth: Float64Array.of(0, 0),
        predicted: Float64Array.of(offset, offset),
      }
      const { edges, counts } = residualHistogram(answers) ?? expect.fail('no histogram')
      expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true)
      expect(counts[20]).toBe(2)
    }
  })

  it('is null without rows or with a residual that is not finite', () => {
    const none = new Float64Array(0)
    expect(residualHistogram({ rows: 0, truth: none, predicted: none })).toBeNull()
    for (const odd of [NaN, Infinity]) {
      const answers = { rows: 2, truth: Float64Array.of(0, 0), predicted: Float64Array.of(1, odd) }
      expect(residualHistogram(answers)).toBeNull()
    }
  })
})
