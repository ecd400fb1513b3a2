import { beforeEach, describe, expect, it } from 'vitest'
import type { CompareRequest, ComparedModels } from '../../../../src/core/comparison'
import type { Outcome } from '../../../../src/core/failure'
import type { OutputBinding } from '../../../../src/core/task'
import { classificationMetrics } from '../../../../src/metrics/classification-metrics'
import { regressionMetrics } from '../../../../src/metrics/regression-metrics'
import { RandomGenerator } from '../../../../src/statistics/random-generator'
import { Analysis } from '../../../../workers/analysis/analysis'

const SCORES: OutputBinding = { kind: 'scores', output: 'y', width: 2 }
const VALUE: OutputBinding = { kind: 'value', output: 'y', width: 1 }
const ROWS = 400

function request(parts: Partial<CompareRequest> = {}): CompareRequest {
  return {
    modelIds: ['weak', 'strong'],
    trials: 2,
    baselineId: 'weak',
    primaryMetric: 'accuracy',
    metrics: classificationMetrics,
    isTimeOrdered: false,
    seed: 0,
    ...parts,
  }
}

function valueOf(outcome: Outcome<ComparedModels>): ComparedModels {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

/** Probabilities of two classes; the likelier one is right with the given chance. */
function scoresOf(truth: Int32Array, chance: number, seed: number): Float32Array {
  const generator = new RandomGenerator(seed)
  const scores = new Float32Array(2 * truth.length)
  truth.forEach((actual, row) => {
    const isRight = generator.nextFloat() < chance
    const likely = 0.55 + 0.4 * generator.nextFloat()
    scores[2 * row + actual] = isRight ? likely : 1 - likely
    scores[2 * row + 1 - actual] = isRight ? 1 - likely : likely
  })
  return scores
}

describe('Analysis.compare', () => {
  const truth = Int32Array.from({ length: ROWS }, (_, row) => row % 2)
  let analysis: Analysis

  async function score(modelId: string, chance: number, seed: number) {
    await analysis.addAnswers(modelId, SCORES, 0, ROWS, scoresOf(truth, chance, seed))
    await analysis.score(modelId)
  }

  beforeEach(async () => {
    analysis = new Analysis()
    await analysis.begin({
      kind: 'classification',
      rows: ROWS,
      targets: { kind: 'classification', classes: truth },
      labels: { classes: ['a', 'b'], source: 'As sorted.' },
    })
    await score('weak', 0.7, 1)
    await score('strong', 0.9, 2)
  })

  it('finds the better model, with intervals of every metric, from what it kept', async () => {
    const shares: number[] = []
    const compared = valueOf(
      await analysis.compare(request(), (share) => {
        shares.push(share)
      }),
    )
    expect(compared.baselineId).toBe('weak')
    expect(compared.pairing?.rows).toBe(ROWS)
    expect(compared.tieGroups).toEqual([['strong'], ['weak']])
    const [first] = compared.comparisons
    expect(first).toMatchObject({
      baselineId: 'weak',
      candidateId: 'strong',
      metric: 'accuracy',
      test: 'mcnemar-mid-p',
      verdict: 'better',
      rows: ROWS,
    })
    const [low = NaN, high = NaN] = first?.interval ?? []
    expect(low).toBeLessThan(first?.difference ?? NaN)
    expect(high).toBeGreaterThan(first?.difference ?? NaN)
    const ids = Object.keys(compared.intervals[0]?.intervals ?? {})
    const without = classificationMetrics.map(({ id }) => id).filter((id) => !ids.includes(id))
    // Of two classes the true one is always among the first five.
    expect(without).toEqual(['top5Accuracy'])
    expect(shares.length).toBeGreaterThan(20)
    expect(shares.at(-1)).toBeCloseTo(1, 6)
  })

  it('gives the same figures for the same seed and others for another', async () => {
    const again = async (seed: number) => {
      await score('weak', 0.7, 1)
      await score('strong', 0.9, 2)
      return valueOf(await analysis.compare(request({ seed }), () => undefined))
    }
    const first = valueOf(await analysis.compare(request(), () => undefined))
    expect(await again(0)).toEqual(first)
    const other = await again(1)
    expect(other.comparisons[0]?.interval).not.toEqual(first.comparisons[0]?.interval)
    expect(other.comparisons[0]?.pValue).toBe(first.comparisons[0]?.pValue)
  })

  it('holds the others against the model asked for', async () => {
    const compared = valueOf(
      await analysis.compare(request({ baselineId: 'strong' }), () => undefined),
    )
    expect(compared.baselineId).toBe('strong')
    expect(compared.comparisons[0]).toMatchObject({ candidateId: 'weak', verdict: 'worse' })
  })

  it('takes the first model with figures as baseline where the one asked for has none', async () => {
    const compared = valueOf(
      await analysis.compare(
        request({ modelIds: ['failed', 'strong', 'weak'], baselineId: 'failed' }),
        () => undefined,
      ),
    )
    expect(compared.baselineId).toBe('strong')
    expect(compared.comparisons[0]).toMatchObject({ candidateId: 'weak', verdict: 'worse' })
  })

  it('makes intervals of a single model, and compares nothing', async () => {
    const compared = valueOf(
      await analysis.compare(request({ modelIds: ['strong'] }), () => undefined),
    )
    expect(compared.baselineId).toBeNull()
    expect(compared.comparisons).toEqual([])
    expect(compared.intervals[0]?.intervals['accuracy']).toBeDefined()
  })

  it('proves by a hash that the rows were the same', async () => {
    const hashOf = async (classes: Int32Array) => {
      const other = new Analysis()
      await other.begin({
        kind: 'classification',
        rows: ROWS,
        targets: { kind: 'classification', classes },
        labels: { classes: ['a', 'b'], source: 'As sorted.' },
      })
      const compared = await other.compare(request(), () => undefined)
      return valueOf(compared).pairing?.sha256
    }
    const own = valueOf(await analysis.compare(request(), () => undefined)).pairing?.sha256
    expect(await hashOf(truth.slice())).toBe(own)
    expect(await hashOf(truth.toReversed())).not.toBe(own)
  })

  it('fails as a value before anything was begun', async () => {
    const outcome = await new Analysis().compare(request(), () => undefined)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'worker-failed' } })
  })
})

describe('Analysis.compare of regressors', () => {
  it('tests errors by the order of time where rows have one, and says so', async () => {
    const generator = new RandomGenerator(3)
    const values = Float64Array.from({ length: 300 }, () => 10 * generator.nextFloat())
    const noisy = (size: number) =>
      Float64Array.from(values, (value) => value + size * (generator.nextFloat() - 0.5))
    const models = { weak: noisy(4), strong: noisy(2) }
    for (const isTimeOrdered of [false, true]) {
      const analysis = new Analysis()
      const targets = { kind: 'regression', values } as const
      await analysis.begin({ kind: 'regression', rows: 300, targets, labels: null })
      for (const [modelId, predicted] of Object.entries(models)) {
        await analysis.addAnswers(modelId, VALUE, 0, 300, predicted.slice())
        await analysis.score(modelId)
      }
      const compared = valueOf(
        await analysis.compare(
          request({ metrics: regressionMetrics, primaryMetric: 'rmse', isTimeOrdered }),
          () => undefined,
        ),
      )
      expect(compared.comparisons[0]).toMatchObject({
        metric: 'rmse',
        test: isTimeOrdered ? 'diebold-mariano' : 'wilcoxon-normal',
        verdict: 'better',
      })
      expect(compared.comparisons[0]?.difference).toBeLessThan(0)
      expect(compared.notes.join()).toMatch(isTimeOrdered ? /order of time/ : /^$/)
      expect(compared.methods['maxError']).toBeUndefined()
      expect(compared.methods['mae']).toEqual({ method: 'bca', resamples: 2000 })
    }
  })
})
