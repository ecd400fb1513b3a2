import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../../../src/core/failure'
import {
  describeRung,
  nextRung,
  type Attempt,
  type Circumstances,
  type Rung,
} from '../../../src/engine/ladder'

const WEBGPU: Rung = { backend: 'webgpu', threads: 1, batchLimit: null }
const THREADED: Rung = { backend: 'wasm', threads: 4, batchLimit: null }
const SINGLE: Rung = { backend: 'wasm', threads: 1, batchLimit: null }
const CALM: Circumstances = { batchSize: 64, mayUseGpu: true, hasFixedBatch: false }

function attempt(rung: Rung, code: FailureCode): Attempt {
  return { ...rung, failure: { code, message: '', advice: '' } }
}

/** Every rung that a model stands on when each attempt ends in the next of the codes. */
function descend(
  first: Rung,
  codes: readonly FailureCode[],
  circumstances = CALM,
): (Rung | null)[] {
  const attempts: Attempt[] = []
  const rungs: (Rung | null)[] = []
  let rung: Rung | null = first
  for (const code of codes) {
    if (rung === null) break
    attempts.push(attempt(rung, code))
    rung = nextRung(rung, attempts, circumstances, THREADED.threads)
    rungs.push(rung)
  }
  return rungs
}

describe('nextRung', () => {
  it.each<FailureCode>(['deadline-missed', 'device-lost', 'run-failed', 'worker-failed'])(
    'goes from WebGPU to a fresh WebGPU worker, threads, one thread, the end after %s',
    (code) => {
      expect(descend(WEBGPU, [code, code, code, code])).toEqual([WEBGPU, THREADED, SINGLE, null])
    },
  )

  it('skips the second WebGPU worker where the GPU may not be used now', () => {
    const barred = { ...CALM, mayUseGpu: false }
    expect(descend(WEBGPU, ['device-lost'], barred)).toEqual([THREADED])
  })

  it.each<FailureCode>(['operator-unknown', 'model-unsupported', 'runtime-unavailable'])(
    'goes to WASM at once where a fresh WebGPU worker would fail alike: %s',
    (code) => {
      expect(descend(WEBGPU, [code])).toEqual([THREADED])
    },
  )

  it('gives up where WASM lacks the operator too', () => {
    expect(descend(THREADED, ['operator-unknown'])).toEqual([null])
  })

  it('tries WASM once more where it had one thread from the start', () => {
    expect(descend(SINGLE, ['worker-failed', 'worker-failed'])).toEqual([SINGLE, null])
  })

  it('halves the batch on WASM for as long as there is something to halve', () => {
    const small = { ...CALM, batchSize: 3 }
    expect(descend(THREADED, ['out-of-memory'], small)).toEqual([{ ...THREADED, batchLimit: 1 }])
    const one = { ...CALM, batchSize: 1 }
    expect(descend(THREADED, ['out-of-memory', 'out-of-memory'], one)).toEqual([SINGLE, null])
  })

  it('halves the batch once on WebGPU, then goes to WASM without a limit', () => {
    expect(descend(WEBGPU, ['out-of-memory', 'out-of-memory'])).toEqual([
      { ...WEBGPU, batchLimit: 32 },
      THREADED,
    ])
  })

  it('does not halve a batch that the model fixes', () => {
    const fixed = { ...CALM, hasFixedBatch: true }
    expect(descend(WEBGPU, ['out-of-memory'], fixed)).toEqual([THREADED])
    expect(descend(THREADED, ['out-of-memory'], fixed)).toEqual([SINGLE])
  })

  it.each<FailureCode>(['model-corrupt', 'input-shape', 'output-shape', 'cancelled'])(
    'ends at once after %s',
    (code) => {
      expect(descend(WEBGPU, [code])).toEqual([null])
    },
  )

  it('ends after a bounded number of attempts, whatever goes wrong in whatever order', () => {
    const codes: readonly FailureCode[] = ['out-of-memory', 'device-lost', 'run-failed']
    for (let seed = 0; seed < 3 ** 6; seed += 1) {
      const order = Array.from({ length: 40 }, (_, i) => codes[Math.floor(seed / 3 ** (i % 6)) % 3])
      let rung: Rung | null = WEBGPU
      const attempts: Attempt[] = []
      for (const code of order) {
        if (rung === null || code === undefined) break
        attempts.push(attempt(rung, code))
        const batchSize = rung.batchLimit ?? 64
        rung = nextRung(rung, attempts, { ...CALM, batchSize }, 4)
      }
      expect(rung, `seed ${String(seed)}`).toBeNull()
    }
  })
})

describe('describeRung', () => {
  it('names backend, threads and limit', () => {
    expect(describeRung(WEBGPU)).toBe('WebGPU')
    expect(describeRung(SINGLE)).toBe('WASM, 1 thread')
    expect(describeRung({ ...THREADED, batchLimit: 8 })).toBe('WASM, 4 threads, batches of up to 8')
  })
})
