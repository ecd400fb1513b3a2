import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scoreHistograms, type ScoreHistogram } from '../../../src/metrics/score-histograms'
import { classificationAnswers, reference } from './read-reference'

const expected = JSON.parse(
  readFileSync(new URL('../../reference/score-histograms.expected.json', import.meta.url), 'utf8'),
) as { readonly cases: Readonly<Record<string, readonly ScoreHistogram[] | null>> }

describe('scoreHistograms', () => {
  it.each(reference.classification.map((entry) => [entry.name, entry] as const))(
    'is what NumPy counts: %s',
    (name, entry) => {
      expect(expected.cases).toHaveProperty([name])
      expect(scoreHistograms(classificationAnswers(entry))).toEqual(expected.cases[name])
    },
  )

  it('places a score next to an edge on its own side, for any number of bins', () => {
    for (let bins = 2; bins <= 60; bins += 1) {
      for (let edge = 1; edge < bins; edge += 1) {
        const at = edge / bins
        const scores = [at * (1 - Number.EPSILON), at, at * (1 + Number.EPSILON)]
        const [counted] =
          scoreHistograms(
            {
              rows: 3,
              classes: 2,
              truth: Int32Array.of(1, 1, 1),
              predicted: new Int32Array(3),
              probabilities: Float64Array.from(scores.flatMap((score) => [1 - score, score])),
            },
            bins,
          ) ?? expect.fail()
        expect(counted?.ofClass.slice(edge - 1, edge + 1), `${String(edge)}/${String(bins)}`) //
          .toEqual([1, 2])
      }
    }
  })

  it('counts every row once, on one side', () => {
    const entry = reference.classification.find(({ name }) => name === '10 classes, 2,000 rows')
    const counted = scoreHistograms(classificationAnswers(entry ?? expect.fail()))
    expect(counted).toHaveLength(10)
    for (const { ofClass, ofRest } of counted ?? []) {
      expect([...ofClass, ...ofRest].reduce((sum, count) => sum + count, 0)).toBe(2000)
    }
  })

  it('takes what rounding put outside of 0 to 1 into the outer bins', () => {
    const [counted] = scoreHistograms(one(1 + 1e-7)) ?? expect.fail()
    expect(counted?.ofClass.at(-1)).toBe(1)
    expect(scoreHistograms(one(-1e-7))?.[0]?.ofClass[0]).toBe(1)
  })

  it('is null without a probability', () => {
    expect(scoreHistograms(one(NaN))).toBeNull()
    expect(scoreHistograms({ ...one(1), probabilities: null })).toBeNull()
  })
})

function one(score: number) {
  return {
    rows: 1,
    classes: 2,
    truth: Int32Array.of(1),
    predicted: Int32Array.of(1),
    probabilities: Float64Array.of(1 - score, score),
  }
}
