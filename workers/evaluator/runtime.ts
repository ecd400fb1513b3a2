import type * as Ort from 'onnxruntime-web'
import type { AdapterInfo, Backend } from '../../src/core/evaluation'
import { openDevice } from './device'
import { LossWatch } from './loss-watch'
import { runtimeFiles } from './runtime-files'

/** ONNX Runtime Web, one build of it, behind the only interface that the evaluator knows. */
export interface Runtime {
  readonly name: string
  readonly version: string
  /** Threads granted to WASM kernels; without isolation always 1. */
  readonly threads: number
  readonly adapter: AdapterInfo | null
  createSession(model: ModelBytes): Promise<Ort.InferenceSession>
  /** Every run of a session goes through here, one at a time: it rejects when the device is lost. */
  guard<T>(run: () => Promise<T>): Promise<T>
  readonly Tensor: typeof Ort.Tensor
}

/** A graph, and the files of weights that it names. */
export interface ModelBytes {
  readonly graph: Uint8Array
  readonly external: readonly { readonly path: string; readonly data: Uint8Array }[]
}

/** The runtime's own wait for its WASM to start; without it a blocked file never settles. */
const INIT_TIMEOUT_MS = 30_000

/**
 * Loads one build on demand: plain WASM (every operator, `ai.onnx.ml` included) or the JSPI build
 * for WebGPU. Both may live in one worker, each with a heap of its own.
 * Rejects with the runtime's error; a rejection is permanent for this worker.
 */
export async function loadRuntime(backend: Backend, threads: number): Promise<Runtime> {
  return backend === 'wasm' ? loadPlain(threads) : loadWebGpu()
}

async function loadPlain(threads: number): Promise<Runtime> {
  const ort = await import('onnxruntime-web/wasm')
  configure(ort.env, 'wasm', threads)
  return {
    name: 'onnxruntime-web (WASM)',
    version: ort.env.versions.web ?? ort.env.versions.common,
    // ONNX Runtime lowers the number itself where shared memory is missing.
    get threads() {
      return ort.env.wasm.numThreads ?? 1
    },
    adapter: null,
    Tensor: ort.Tensor,
    createSession: ({ graph, external }) =>
      ort.InferenceSession.create(graph, { executionProviders: ['wasm'], ...beside(external) }),
    guard: (run) => run(),
  }
}

async function loadWebGpu(): Promise<Runtime> {
  // The adapter comes first: without one the GPU build is never fetched.
  const { device, adapter } = await openDevice()
  const watch = new LossWatch(device)
  const ort = await import('onnxruntime-web/jspi')
  configure(ort.env, 'webgpu', 1)
  return {
    name: 'onnxruntime-web (WebGPU, JSPI)',
    version: ort.env.versions.web ?? ort.env.versions.common,
    threads: 1,
    adapter,
    Tensor: ort.Tensor,
    createSession: ({ graph, external }) =>
      watch.guard(() =>
        ort.InferenceSession.create(graph, {
          executionProviders: [{ name: 'webgpu', device }],
          ...beside(external),
        }),
      ),
    guard: (run) => watch.guard(run),
  }
}

function beside(
  external: ModelBytes['external'],
): Pick<Ort.InferenceSession.SessionOptions, 'externalData'> {
  return external.length === 0 ? {} : { externalData: external }
}

function configure(env: Ort.Env, backend: Backend, threads: number): void {
  env.wasm.wasmPaths = runtimeFiles(backend)
  env.wasm.numThreads = globalThis.crossOriginIsolated ? threads : 1
  env.wasm.initTimeout = INIT_TIMEOUT_MS
  env.logLevel = 'error'
}
