import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { Journal } from '../../src/engine/journal'
import type { EvaluationRun } from '../../src/engine/run-request'
import type { FaultTarget } from './fault-plan'
import { deleteJournal } from './journal-storage'
import { CNN, expectSound, LINEAR, MLP, Rig, ROWS } from './rig'
import type { Fault } from './runtime/fault'

declare const __CHAOS_SCHEDULES__: number
declare const __CHAOS_SEED__: number

/** Longest way down the ladder: each of the models may meet several deadlines in a row. */
const LIMIT_MS = 50_000
const POOL = [LINEAR, MLP, CNN, 'digits_linear.2.onnx', 'digits_mlp.2.onnx', 'digits_linear.3.onnx']
/** Spinning workers and neighbours take the cores: a calm model must not look hung. */
const CALM_DEADLINES = { sessionMs: 6_000, firstBatchMs: 3_000, batchMs: 2_000 }
/** What fails once and is cured by a fresh worker. */
const REJECTIONS = ['unreachable', 'memory access out of bounds', 'std::bad_alloc', 'Aborted()']

const rig = new Rig()

beforeAll(async () => {
  for (const name of [LINEAR, MLP, CNN]) await rig.undisturbed(name)
  console.log(`Chaos: ${String(__CHAOS_SCHEDULES__)} schedules from seed ${String(__CHAOS_SEED__)}`)
})

afterEach(() => {
  rig.reset()
})

afterAll(async () => {
  await deleteJournal()
  rig.close()
})

/** mulberry32: numbers in [0, 1) from a 32-bit seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Schedule {
  readonly models: readonly string[]
  readonly faults: readonly { readonly target: FaultTarget; readonly fault: Fault }[]
  readonly lanes: number
  readonly batchSize: number
  readonly cancelAfterMs: number | null
}

function makeSchedule(random: () => number): Schedule {
  const upTo = (limit: number) => Math.floor(random() * limit)
  const pick = <T>(items: readonly T[]): T => items[upTo(items.length)] as T
  const models = POOL.slice(0, 1 + upTo(POOL.length))
  const makeFault = (): Fault => {
    switch (pick(['hang', 'reject', 'throw-outside', 'slow', 'bad-alloc', 'spin'] as const)) {
      case 'hang':
        return { kind: 'hang' }
      case 'spin':
        return { kind: 'spin' }
      case 'slow':
        return { kind: 'slow', ms: 50 + upTo(300) }
      case 'bad-alloc':
        return { kind: 'bad-alloc', overRows: 16 + upTo(200) }
      case 'throw-outside':
        return { kind: 'throw-outside', text: 'thrown outside of a call' }
      case 'reject':
        return { kind: 'reject', text: pick(REJECTIONS) }
    }
  }
  const makeTarget = (): FaultTarget => ({
    verb: random() < 0.25 ? 'create' : 'run',
    model: pick(models),
    ...(random() < 0.9 ? { nth: 1 + upTo(6) } : {}),
  })
  return {
    models,
    faults: Array.from({ length: 1 + upTo(3) }, () => ({
      target: makeTarget(),
      fault: makeFault(),
    })),
    lanes: 1 + upTo(2),
    batchSize: pick([32, 64, 128, 256]),
    cancelAfterMs: random() < 0.25 ? upTo(1_500) : null,
  }
}

const schedules = Array.from({ length: __CHAOS_SCHEDULES__ }, (_, index) => __CHAOS_SEED__ + index)

it.each(schedules)('holds (i) to (vii) under the faults of seed %i', async (seed) => {
  const schedule = makeSchedule(randomFrom(seed))
  const note = JSON.stringify(schedule)
  const { models, lanes, batchSize, cancelAfterMs } = schedule
  await deleteJournal()
  const options = {
    models,
    settings: { lanes, batchSize },
    deadlines: CALM_DEADLINES,
  }
  const request = await rig.request({ ...options, journal: quietJournal() })
  for (const { target, fault } of schedule.faults) rig.faults.inject(target, fault)
  let timer: ReturnType<typeof setTimeout> | null = null
  let cancelledAt = 0
  const watch = (_: unknown, run: EvaluationRun) => {
    if (cancelAfterMs === null) return
    timer ??= setTimeout(() => {
      cancelledAt = performance.now()
      run.cancel()
    }, cancelAfterMs)
  }
  const finished = await rig.finish(request, watch)
  if (timer !== null) clearTimeout(timer)
  // (i) settled in time, Stop at once.
  expect(finished.ms, note).toBeLessThan(LIMIT_MS)
  if (cancelledAt > 0) expect(performance.now() - cancelledAt, note).toBeLessThan(100)
  // (ii), (iv), (v): messages, figures, network; and no worker left.
  await expectSound(rig, request, finished)
  // Models that nothing was aimed at are done, whatever became of the others.
  const aimed = new Set(schedule.faults.map(({ target }) => target.model))
  for (const [index, run] of finished.runs.entries()) {
    if (aimed.has(models[index]) || cancelledAt > 0) continue
    expect(run, `${note} ${finished.log.join(' ')}`).toMatchObject({ status: 'ok', attempts: 1 })
  }
  // (iii), (vi): the next evaluation keeps what was finished and ends as if nothing had happened.
  rig.reset()
  const again = await rig.request({ ...options, journal: quietJournal() })
  const calm = await rig.finish(again)
  expect(
    calm.runs.map(({ status }) => status),
    note,
  ).toEqual(models.map(() => 'ok'))
  for (const [index, name] of models.entries()) {
    const kept = calm.runs[index]?.keptRows ?? 0
    expect(rig.faults.rows({ model: name }), note).toBe(ROWS - kept)
    if (finished.runs[index]?.status === 'ok') expect(kept, note).toBe(ROWS)
  }
  await expectSound(rig, again, calm)
})

function quietJournal(): Journal {
  return new Journal(() => undefined)
}
