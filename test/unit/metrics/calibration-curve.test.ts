import { describe, expect, it } from 'vitest'
import { calibrationCurve } from '../../../src/metrics/calibration-curve'
import { ece } from '../../../src/metrics/ece'

function certain(confidences: readonly number[], truth: readonly number[]) {
  return {
    rows: truth.length,
    classes: 2,
    truth: Int32Array.from(truth),
    predicted: new Int32Array(truth.length),
    probabilities: Float64Array.from(confidences.flatMap((first) => [first, 1 - first])),
  }
}

describe('calibrationCurve', () => {
  it('closes bins above', () => {
    const edges = [8, 9, 10, 11, 12, 13, 14, 15].map((bin) => bin / 15)
    const curve = calibrationCurve(
      certain(
        edges,
        edges.map(() => 0),
      ),
    )
    expect(curve?.counts).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1])
  })

  it('places a confidence next to an edge on its own side, for any number of bins', () => {
    for (let bins = 3; bins <= 60; bins += 1) {
      for (let edge = Math.ceil(bins / 2) + 1; edge < bins; edge += 1) {
        const at = edge / bins
        const step = Number.EPSILON / 2
        const curve = calibrationCurve(certain([at - step, at, at + step], [0, 0, 0]), bins)
        expect(curve?.counts.slice(edge - 1, edge + 1), `${String(edge)}/${String(bins)}`).toEqual([
          2, 1,
        ])
      }
    }
  })

  it('gives mean confidence and accuracy by bin, and null for an empty bin', () => {
    const curve = calibrationCurve(certain([0.95, 0.97, 0.99, 0.61], [0, 0, 1, 0]))
    expect(curve?.confidence[14]).toBeCloseTo(0.97, 12)
    expect(curve?.accuracy[14]).toBeCloseTo(2 / 3, 12)
    expect(curve?.confidence[13]).toBeNull()
    expect(curve?.accuracy[13]).toBeNull()
  })

  it('finds no error where confidence is the share answered right', () => {
    expect(ece(certain([0.75, 0.75, 0.75, 0.75], [0, 0, 0, 1]))).toBe(0)
  })

  it('is null without probabilities', () => {
    expect(calibrationCurve({ ...certain([0.6], [0]), probabilities: null })).toBeNull()
  })
})
