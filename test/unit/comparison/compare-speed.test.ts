import { describe, expect, it } from 'vitest'
import { compareSpeed } from '../../../src/comparison/compare-speed'
import type { SpeedBlock, SpeedEvidence, SpeedSamples } from '../../../src/core/speed'
import { RandomGenerator } from '../../../src/statistics/random-generator'

const BLOCKS = 30

/** A machine with `noise` (share, uniform, one-sided as waits are) that gets slower by `drift` in all. */
class Machine {
  readonly #random: RandomGenerator
  #turns = 0

  constructor(
    seed: number,
    private readonly noise: number,
    private readonly drift = 0,
  ) {
    this.#random = new RandomGenerator(seed)
  }

  turn(ms: number): number {
    this.#turns += 1
    const slower = 1 + (this.drift * this.#turns) / (4 * BLOCKS)
    return ms * slower * (1 + this.noise * this.#random.nextFloat())
  }

  pair(baselineMs: number, candidateMs: number, blocks = BLOCKS): SpeedSamples {
    return {
      ...{ baseline: 'a', candidate: 'b', rows: 64, droppedBlocks: 0, problem: null },
      blocks: Array.from({ length: blocks }, (): SpeedBlock => {
        const [a1, b1, b2, a2] = [baselineMs, candidateMs, candidateMs, baselineMs].map((ms) =>
          this.turn(ms),
        ) as [number, number, number, number]
        return { baselineMs: a1 + a2, candidateMs: b1 + b2 }
      }),
    }
  }
}

function judge(pair: SpeedSamples, control: SpeedSamples | null) {
  const evidence: SpeedEvidence = { control, pairs: [pair], models: [], seed: 1 }
  const [comparison] = compareSpeed(evidence).comparisons
  if (comparison === undefined) throw new Error('no comparison')
  return comparison
}

describe('compareSpeed', () => {
  it.each([
    { candidateMs: 12, verdict: 'slower' },
    { candidateMs: 8, verdict: 'faster' },
    { candidateMs: 10, verdict: 'no difference found' },
  ])('calls $candidateMs ms against 10 ms $verdict', ({ candidateMs, verdict }) => {
    const machine = new Machine(5, 0.1)
    const control = machine.pair(10, 10)
    const comparison = judge(machine.pair(10, candidateMs), control)
    expect(comparison.verdict).toBe(verdict)
    expect(comparison.ratio).toBeCloseTo(candidateMs / 10, 1)
    const [low = NaN, high = NaN] = comparison.interval ?? []
    expect(low).toBeLessThan(comparison.ratio ?? NaN)
    expect(high).toBeGreaterThan(comparison.ratio ?? NaN)
  })

  it('is not misled by a machine that gets steadily slower', () => {
    const machine = new Machine(7, 0.02, 1)
    const control = machine.pair(10, 10)
    expect(judge(machine.pair(10, 10), control).verdict).toBe('no difference found')
    const comparison = judge(machine.pair(10, 11), control)
    expect(comparison.verdict).toBe('slower')
    expect(comparison.ratio).toBeCloseTo(1.1, 2)
  })

  it('claims no difference that the baseline shows against itself', () => {
    const exact = new Machine(1, 0)
    const [control, pair] = [exact.pair(100, 102.5), exact.pair(100, 102.4)]
    expect(judge(pair, control).verdict).toBe('no difference found')
    expect(judge(pair, exact.pair(100, 100)).verdict).toBe('slower')
    // Two sessions of one model differ by so much by where their memory lies.
    expect(judge(exact.pair(100, 101.9), exact.pair(100, 100)).verdict).toBe('no difference found')
  })

  it.each([104, 96])('tells nothing where the baseline takes %d %% of itself', (percent) => {
    const exact = new Machine(1, 0)
    const comparison = judge(exact.pair(100, 300), exact.pair(100, percent))
    expect(comparison.verdict).toBe('too noisy to tell')
    expect(comparison.reason).toContain('differs from itself by 4 %')
  })

  it('tells nothing with few blocks, after a failure or without a control', () => {
    const exact = new Machine(1, 0)
    const control = exact.pair(100, 100)
    expect(judge(exact.pair(100, 300, 5), control)).toMatchObject({
      verdict: 'too noisy to tell',
      interval: null,
      ratio: 3,
    })
    expect(judge(exact.pair(100, 300, 6), control).verdict).toBe('slower')
    const broken = { ...exact.pair(100, 300), problem: 'b.onnx stopped.' }
    expect(judge(broken, control)).toMatchObject({
      verdict: 'too noisy to tell',
      reason: 'b.onnx stopped.',
    })
    expect(judge(exact.pair(100, 300), null).verdict).toBe('too noisy to tell')
  })

  it('finds a difference where there is none in at most one of twenty tests', () => {
    let found = 0
    for (let seed = 0; seed < 100; seed += 1) {
      const machine = new Machine(seed, 0.3)
      const control = machine.pair(10, 10)
      const { verdict } = judge(machine.pair(10, 10), control)
      if (verdict === 'faster' || verdict === 'slower') found += 1
    }
    expect(found).toBeLessThanOrEqual(5)
  })

  it('turns the ratio over when the models change places', () => {
    const machine = new Machine(3, 0.05)
    const [control, pair] = [machine.pair(10, 10), machine.pair(10, 14)]
    const blocks = pair.blocks.map(({ baselineMs, candidateMs }) => ({
      baselineMs: candidateMs,
      candidateMs: baselineMs,
    }))
    const [there, back] = [judge(pair, control), judge({ ...pair, blocks }, control)]
    expect([there.verdict, back.verdict]).toEqual(['slower', 'faster'])
    expect((there.ratio ?? NaN) * (back.ratio ?? NaN)).toBeCloseTo(1, 3)
  })

  it('gives median, 95th percentile and rows per second of each model', () => {
    const model = {
      ...({ name: 'a', backend: 'wasm', threads: 1, batchSize: 10 } as const),
      warmUp: { batches: 7, ms: 30, isSteady: true },
      batchMs: [4, 1, 3, 2, 5],
      ...{ rows: 60, ms: 20 },
    }
    const { models } = compareSpeed({ control: null, pairs: [], models: [model], seed: 0 })
    expect(models).toEqual([
      {
        ...{ name: 'a', backend: 'wasm', threads: 1, batchSize: 10 },
        warmUp: { batches: 7, ms: 30, isSteady: true },
        batches: 5,
        batchMs: { p50: 3, p95: 4.8 },
        rowsPerSecond: 3000,
      },
    ])
  })
})
