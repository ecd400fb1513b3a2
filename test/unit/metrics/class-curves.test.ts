import { describe, expect, it } from 'vitest'
import type { ClassificationAnswers } from '../../../src/core/metric'
import type { Curve } from '../../../src/core/report'
import { classCurves } from '../../../src/metrics/class-curves'
import { classificationAnswers, expectFigure, reference } from './read-reference'

const withCurves = reference.classification.flatMap((entry) =>
  entry.curves === undefined ? [] : [{ ...entry, curves: entry.curves }],
)

describe('classCurves', () => {
  it.each(withCurves)('draws the curves of scikit-learn: $name', (entry) => {
    const [curves, ...more] = classCurves(classificationAnswers(entry)) ?? []
    expect(more).toEqual([])
    expect(curves?.classIndex).toBe(1)
    for (const kind of ['roc', 'precisionRecall'] as const) {
      const actual = curves?.[kind] ?? expect.fail(kind)
      expectSameLine(actual, entry.curves[kind], kind)
    }
    expectFigure(curves?.roc.area, entry.expected['rocAuc'] ?? null, 'roc')
    expectFigure(curves?.precisionRecall.area, entry.expected['prAuc'] ?? null, 'precisionRecall')
  })

  it('covers cases enough', () => {
    expect(withCurves.length).toBeGreaterThan(5)
  })

  it('keeps to a few hundred points and to both ends, however many rows', () => {
    const answers = noisyBinary(20_000)
    const [curves] = classCurves(answers) ?? []
    const { roc, precisionRecall } = curves ?? expect.fail('no curves')
    expect(roc.x.length).toBeGreaterThan(200)
    expect(roc.x.length).toBeLessThanOrEqual(256)
    expect(precisionRecall.x.length).toBeLessThanOrEqual(256)
    expect([roc.x[0], roc.y[0], roc.x.at(-1), roc.y.at(-1)]).toEqual([0, 0, 1, 1])
    expect([precisionRecall.x[0], precisionRecall.y[0]]).toEqual([0, 1])
    expect(precisionRecall.x.at(-1)).toBe(1)
    // The thinned line still tells the area of the full one.
    expect(Math.abs(areaUnder(roc) - (roc.area ?? 0))).toBeLessThan(1e-3)
  })

  it('draws every class of more than two, and none of a class that never occurs', () => {
    const entry = reference.classification.find(({ name }) => name.startsWith('4 classes, one'))
    const curves = classCurves(classificationAnswers(entry ?? expect.fail('case absent')))
    expect(curves?.map(({ classIndex }) => classIndex)).toEqual([0, 1, 2, 3])
    expect(curves?.[2]?.roc).toEqual({ x: [], y: [], area: null })
    expect(curves?.[2]?.precisionRecall).toEqual({ x: [], y: [], area: null })
  })

  it('shares the room of a report among many classes', () => {
    const classes = 1000
    const rows = 2000
    const truth = Int32Array.from({ length: rows }, (_, row) => row % classes)
    const probabilities = Float64Array.from(
      { length: rows * classes },
      (_, index) => ((index * 7919) % 104729) / 104729,
    )
    const curves = classCurves({ rows, classes, truth, predicted: truth, probabilities }) ?? []
    const points = curves.reduce((sum, { roc }) => sum + roc.x.length, 0)
    expect(curves).toHaveLength(classes)
    expect(points).toBeLessThanOrEqual(16_384)
  })

  it.each([
    ['labels alone', { probabilities: null }],
    ['one class', { classes: 1, probabilities: Float64Array.of(1, 1) }],
    ['a NaN score of the class', { truth: Int32Array.of(0, 1) }],
    ['a NaN score of the rest', { truth: Int32Array.of(1, 0) }],
  ])('is null for %s', (_, part) => {
    const truth = Int32Array.of(0, 0)
    const probabilities = Float64Array.of(0.5, 0.5, 0.5, NaN)
    const answers = { rows: 2, classes: 2, truth, predicted: truth, probabilities, ...part }
    expect(classCurves(answers)).toBeNull()
  })
})

/** Points are a choice of the reference's, and enough that the area between is nil. */
function expectSameLine(actual: Curve, expected: Curve, kind: string): void {
  const points = new Set(expected.x.map((x, index) => pointKey(x, expected.y[index] ?? NaN)))
  actual.x.forEach((x, index) => {
    expect(points, kind).toContain(pointKey(x, actual.y[index] ?? NaN))
  })
  expectFigure(areaUnder(actual), areaUnder(expected), kind)
}

function pointKey(x: number, y: number): string {
  return `${x.toFixed(12)} ${y.toFixed(12)}`
}

function areaUnder({ x, y }: Curve): number {
  let area = 0
  for (let index = 1; index < x.length; index += 1) {
    const width = (x[index] ?? NaN) - (x[index - 1] ?? NaN)
    area += (width * ((y[index] ?? NaN) + (y[index - 1] ?? NaN))) / 2
  }
  return area
}

function noisyBinary(rows: number): ClassificationAnswers {
  const truth = Int32Array.from({ length: rows }, (_, row) => row % 2)
  const probabilities = new Float64Array(rows * 2)
  truth.forEach((actual, row) => {
    const noise = ((row * 7919) % 10007) / 10007
    const second = 0.25 * actual + 0.75 * noise
    probabilities[row * 2] = 1 - second
    probabilities[row * 2 + 1] = second
  })
  return { rows, classes: 2, truth, predicted: truth, probabilities }
}
