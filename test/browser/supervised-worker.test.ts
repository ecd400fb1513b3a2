import { afterEach, describe, expect, it } from 'vitest'
import { success, type Outcome } from '../../src/core/failure'
import { SupervisedWorker } from '../../src/engine/supervised-worker'

interface OddApi {
  answer(value: number): Outcome<number>
  never(): Promise<Outcome<null>>
  spin(): Promise<Outcome<null>>
  rejects(): Outcome<null>
  throwsLater(): Promise<Outcome<null>>
}

const started: SupervisedWorker<OddApi>[] = []

function start(script = new URL('../fixtures/workers/odd.worker.ts', import.meta.url)) {
  const worker = new SupervisedWorker<OddApi>(
    () => new Worker(script, { type: 'module' }),
    'The worker',
  )
  started.push(worker)
  return worker
}

afterEach(() => {
  for (const worker of started.splice(0)) worker.close()
})

describe('SupervisedWorker', () => {
  it('passes answers on', async () => {
    expect(await start().call('Doubling', 5_000, async (api) => api.answer(21))).toEqual(
      success(42),
    )
  })

  it('gives up on a call that never settles, and on every later call at once', async () => {
    const worker = start()
    const outcome = await worker.call('Model wine_mlp', 200, (api) => api.never())
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'deadline-missed' } })
    expect(!outcome.ok && outcome.failure.message).toMatch(
      /^Model wine_mlp stopped answering after 0\.2 s/,
    )
    expect(await worker.call('Doubling', 5_000, async (api) => api.answer(1))).toMatchObject({
      failure: { code: 'deadline-missed' },
    })
  })

  it('settles every call to a worker that spins for ever', async () => {
    const worker = start()
    const calls = await Promise.all([
      worker.call('Spinning', 300, (api) => api.spin()),
      worker.call('Waiting', 60_000, async (api) => api.answer(1)),
    ])
    expect(calls.map((call) => !call.ok && call.failure.code)).toEqual([
      'deadline-missed',
      'deadline-missed',
    ])
  })

  it('waits on while signs of life come', async () => {
    const worker = start()
    const started = performance.now()
    const beat = setInterval(() => {
      worker.touch()
    }, 50)
    const call = worker.call('Slow work', 200, (api) => api.never())
    await new Promise((resolve) => setTimeout(resolve, 700))
    clearInterval(beat)
    expect(await call).toMatchObject({ failure: { code: 'deadline-missed' } })
    expect(performance.now() - started).toBeGreaterThan(850)
  })

  it('reports a script that does not exist within two seconds', async () => {
    const started = performance.now()
    const worker = start(new URL('/no-such.worker.js', location.href))
    const outcome = await worker.call('Starting', 60_000, (api) => api.never())
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'worker-failed' } })
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('settles a call when the worker throws outside of it', async () => {
    const outcome = await start().call('Working', 60_000, (api) => api.throwsLater())
    expect(outcome).toMatchObject({ failure: { code: 'worker-failed' } })
    expect(!outcome.ok && outcome.failure.detail).toMatch(/thrown outside of a call/)
  })

  it('turns a bug in the worker into a failure that keeps its message', async () => {
    const outcome = await start().call('Working', 60_000, async (api) => api.rejects())
    expect(outcome).toMatchObject({ failure: { code: 'internal', detail: 'a bug' } })
  })

  it('settles calls as cancelled within 100 ms of close, even while the worker spins', async () => {
    const worker = start()
    const call = worker.call('Spinning', 60_000, (api) => api.spin())
    await new Promise((resolve) => setTimeout(resolve, 300))
    const closed = performance.now()
    worker.close()
    expect(await call).toMatchObject({ failure: { code: 'cancelled' } })
    expect(performance.now() - closed).toBeLessThan(100)
  })
})
