import type { AdapterInfo, Backend } from '../core/evaluation'
import type { Outcome } from '../core/failure'
import type { ModelBinding } from '../core/task'
import type { InputBlock } from './reader'

export interface LoadRequest {
  readonly modelId: string
  /** For messages. */
  readonly name: string
  readonly file: Blob
  readonly backend: Backend
  /** WASM threads wanted; without isolation one is granted. */
  readonly threads: number
  readonly binding: ModelBinding
  /** Null: found while running. */
  readonly batchSize: number | null
}

export interface Loaded {
  readonly loadMs: number
  /** Granted, not asked for; 1 on WebGPU. */
  readonly threads: number
  readonly adapter: AdapterInfo | null
  readonly runtime: { readonly name: string; readonly version: string }
}

/** Rows `start` … `end − 1` of the loaded model; `blocks` holds one block per layout it reads. */
export interface PieceRequest {
  readonly modelId: string
  readonly start: number
  readonly end: number
  readonly blocks: readonly InputBlock[]
  /** The evaluator returns early, with the rows it finished, once this much time has passed. */
  readonly budgetMs: number
}

/** Integer labels come as float64, text labels as strings, everything else in the model's type. */
export type AnswerData = Float32Array | Float64Array | readonly string[]

export interface PieceAnswer {
  readonly start: number
  /** Exclusive; below the request's where the budget ended first. */
  readonly end: number
  readonly data: AnswerData
  /** Rows and milliseconds of each batch, in order; the first of a load is the warm-up. */
  readonly batches: readonly { readonly rows: number; readonly ms: number }[]
  /** In use at the end of the piece. */
  readonly batchSize: number
}

/** Heartbeat and progress in one: rows of the current piece done, longest batch since the last call. */
export type BatchProgress = (rowsDone: number, batchMs: number) => void

/** `workers/evaluator.worker.ts`: one runtime, one session at a time, one `run()` at a time. */
export interface EvaluatorApi {
  /** Once per worker: where heartbeats go. */
  connect(onBatch: BatchProgress): Promise<void>
  /** Replaces the session of the model loaded before, if any. */
  load(request: LoadRequest): Promise<Outcome<Loaded>>
  evaluate(request: PieceRequest): Promise<Outcome<PieceAnswer>>
  release(): Promise<void>
}
