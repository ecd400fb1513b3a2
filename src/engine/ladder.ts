import type { Backend } from '../core/evaluation'
import type { Failure, FailureCode } from '../core/failure'

/** How a model is tried: the rung of the ladder that it stands on. */
export interface Rung {
  readonly backend: Backend
  /** WASM threads; 1 on WebGPU. */
  readonly threads: number
  /** Upper bound of the batch size after running out of memory; null where there is none. */
  readonly batchLimit: number | null
}

/** One rung that was tried and why it was left. Kept in the report. */
export interface Attempt {
  readonly backend: Backend
  readonly threads: number
  readonly batchLimit: number | null
  readonly failure: Failure
}

/** What no worker and no backend can change: the model fails at once. */
const FINAL: ReadonlySet<FailureCode> = new Set([
  'file-empty',
  'file-unreadable',
  'file-unrecognised',
  'file-too-large',
  'model-corrupt',
  'model-foreign',
  'input-dtype',
  'input-shape',
  'output-shape',
  'label-mapping',
  'no-rows',
  'cancelled',
])

/** What the model asks for and WebGPU lacks: where WASM lacks it too, nothing helps. */
const WASM_MAY_HELP: ReadonlySet<FailureCode> = new Set(['operator-unknown', 'model-unsupported'])
/** A fresh WebGPU worker would only fail, or wait for a silent adapter, again. */
const NOT_ON_GPU: ReadonlySet<FailureCode> = new Set([
  ...WASM_MAY_HELP,
  'out-of-memory',
  'runtime-unavailable',
])

export interface Circumstances {
  /** The batch size in use when it failed; null where no batch had been run. */
  readonly batchSize: number | null
  /** False after a second loss within two minutes: this run goes on on WASM. */
  readonly mayUseGpu: boolean
  /** The model takes one batch size only: it cannot be halved. */
  readonly hasFixedBatch: boolean
}

/**
 * The next rung after a failure, or null where the model fails by name:
 * WebGPU → a fresh WebGPU worker → WASM with threads → WASM with one thread. Running out of memory
 * halves the batch first, on the same rung. Pure.
 */
export function nextRung(
  rung: Rung,
  attempts: readonly Attempt[],
  { batchSize, mayUseGpu, hasFixedBatch }: Circumstances,
  wasmThreads: number,
): Rung | null {
  const failure = attempts.at(-1)?.failure
  if (failure === undefined) return rung
  if (FINAL.has(failure.code)) return null
  if (failure.code === 'out-of-memory' && !hasFixedBatch) {
    const halved = Math.floor((batchSize ?? 1) / 2)
    // GPU memory is given in a few large buffers: what half a batch does not cure, a quarter rarely does.
    const mayHalve = rung.backend === 'wasm' || rung.batchLimit === null
    if (halved >= 1 && mayHalve) return { ...rung, batchLimit: halved }
  }
  if (rung.backend === 'webgpu') {
    const gpuAttempts = attempts.filter(
      ({ backend, failure: { code } }) => backend === 'webgpu' && code !== 'out-of-memory',
    ).length
    const mayTryAgain = !NOT_ON_GPU.has(failure.code)
    if (mayTryAgain && mayUseGpu && gpuAttempts < 2) return rung
    return { backend: 'wasm', threads: wasmThreads, batchLimit: null }
  }
  if (WASM_MAY_HELP.has(failure.code)) return null
  if (rung.threads > 1) return { ...rung, threads: 1 }
  const isFirstOnOneThread = !attempts
    .slice(0, -1)
    .some(
      ({ backend, threads, failure: { code } }) =>
        backend === 'wasm' && threads === 1 && code !== 'out-of-memory',
    )
  // A worker can die of its neighbours: where WASM had one thread from the start, once more.
  return isFirstOnOneThread && attempts.length === 1 && failure.code !== 'out-of-memory'
    ? rung
    : null
}

/** `WebGPU`, `WASM, 4 threads`: for the log and the report. */
export function describeRung({ backend, threads, batchLimit }: Rung): string {
  const where =
    backend === 'webgpu'
      ? 'WebGPU'
      : `WASM, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`
  return batchLimit === null ? where : `${where}, batches of up to ${String(batchLimit)}`
}
