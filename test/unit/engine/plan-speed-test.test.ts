import { describe, expect, it } from 'vitest'
import type { Machine } from '../../../src/core/evaluation'
import { planBlocks } from '../../../src/engine/plan-blocks'
import { planSpeedTest, type SpeedCandidate } from '../../../src/engine/plan-speed-test'
import { isSteady } from '../../../src/engine/steadiness'

const MACHINE: Machine = {
  cores: 4,
  memoryBytes: 8 * 1024 ** 3,
  isIsolated: true,
  adapter: null,
  adapterProblem: null,
}

function candidate(id: string, changes: Partial<SpeedCandidate> = {}): SpeedCandidate {
  return {
    ...{ id, name: id, bytes: 1000, backend: 'wasm', batchSize: 256, fixedBatch: null },
    ...{ rowBytes: 300, isPolicy: false },
    ...changes,
  }
}

const WISHES = { baselineId: 'a', commonBatchSize: null }

describe('planSpeedTest', () => {
  it('holds every other model against the baseline, each with its own batch size', () => {
    const models = [candidate('b', { batchSize: 16 }), candidate('a'), candidate('c')]
    const plan = planSpeedTest(models, 10_000, MACHINE, WISHES)
    expect(plan).toMatchObject({ baselineId: 'a', candidateIds: ['b', 'c'], rows: 10_000 })
    expect(plan?.models.map(({ batchSize, threads }) => [batchSize, threads])).toEqual([
      [256, 4],
      [16, 4],
      [256, 4],
    ])
    expect(plan?.reason).toBe(
      'a against itself, then 2 pairs in turn in one worker, one run at a time.',
    )
  })

  it('takes one common batch size but where a model knows only its own', () => {
    const models = [candidate('a'), candidate('b', { fixedBatch: 8 }), candidate('c')]
    const plan = planSpeedTest(models, 500, MACHINE, { ...WISHES, commonBatchSize: 1024 })
    // Rows bound it: a batch is never larger than what there is.
    expect(plan?.models.map(({ batchSize }) => batchSize)).toEqual([500, 8, 500])
  })

  it('gives one thread on the GPU and without isolation', () => {
    const models = [candidate('a', { backend: 'webgpu' }), candidate('b')]
    const threads = (machine: Machine) =>
      planSpeedTest(models, 500, machine, WISHES)?.models.map((model) => model.threads)
    expect(threads(MACHINE)).toEqual([1, 4])
    expect(threads({ ...MACHINE, isIsolated: false })).toEqual([1, 1])
  })

  it('leaves policies and what does not fit into memory out, by name', () => {
    const models = [
      candidate('a'),
      candidate('p', { isPolicy: true }),
      candidate('huge', { bytes: 3 * 1024 ** 3 }),
      candidate('b'),
    ]
    const plan = planSpeedTest(models, 500, MACHINE, WISHES)
    expect(plan?.candidateIds).toEqual(['b'])
    expect(plan?.notes).toEqual([
      'huge does not fit into memory beside the baseline.',
      'p is a policy, which is led bar by bar: it is not timed here.',
    ])
  })

  it('is nothing for one model, no row or a policy as baseline', () => {
    const [a, b] = [candidate('a'), candidate('b')]
    expect(planSpeedTest([a], 500, MACHINE, WISHES)).toBeNull()
    expect(planSpeedTest([a, b], 0, MACHINE, WISHES)).toBeNull()
    expect(planSpeedTest([{ ...a, isPolicy: true }, b], 500, MACHINE, WISHES)).toBeNull()
  })
})

describe('planBlocks', () => {
  const limits = { blocks: 40, turnMs: 20 }

  it('makes turns of whole batches, long enough for the slower model and for the clock', () => {
    const [quick, slow] = [
      { msPerRow: 0.001, batchSize: 256 },
      { msPerRow: 0.01, batchSize: 64 },
    ]
    const plan = planBlocks(quick, slow, 0.005, 20_000, limits)
    expect(plan).toEqual({ rows: 2048, blocks: 40 })
    // 200 steps of 0.1 ms ask the quick model for 20 000 rows.
    expect(planBlocks(quick, slow, 0.1, 20_000, limits).rows).toBe(20_224)
    expect(planBlocks(slow, quick, 0.005, 20_000, limits)).toEqual(plan)
  })

  it('does with fewer blocks where the time is short', () => {
    const slow = { msPerRow: 10, batchSize: 16 }
    expect(planBlocks(slow, slow, 0.005, 20_000, limits)).toEqual({ rows: 16, blocks: 31 })
    expect(planBlocks(slow, slow, 0.005, 100, limits)).toEqual({ rows: 16, blocks: 1 })
  })
})

describe('isSteady', () => {
  it('wants the last five steps within 5 %', () => {
    expect(isSteady([10, 10, 10, 10])).toBe(false)
    expect(isSteady([90, 10, 10.4, 10.2, 10.1, 10.5])).toBe(true)
    expect(isSteady([10, 10.4, 10.2, 10.1, 10.6])).toBe(false)
  })
})
