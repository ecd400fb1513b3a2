import type { AdapterInfo, Backend } from '../core/evaluation'
import type { Outcome } from '../core/failure'
import type { ExternalFile } from '../core/model'
import type { ModelBinding } from '../core/task'
import type { InputBlock } from './reader'

export interface LoadRequest {
  readonly modelId: string
  /** For messages. */
  readonly name: string
  readonly file: Blob
  /** Files of weights that the graph names; absent where it has none. */
  readonly external?: readonly ExternalFile[]
  readonly backend: Backend
  /** WASM threads wanted; without isolation one is granted. */
  readonly threads: number
  readonly binding: ModelBinding
  /** Null: found while running. */
  readonly batchSize: number | null
  /** No batch is larger, found or set; null where there is no bound. */
  readonly batchLimit: number | null
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

/**
 * Finished rows, sent while the piece goes on: what has arrived survives whatever comes next. After
 * a failure a last chunk may hold no row: it tells the batch size that failed.
 */
export interface AnswerChunk {
  readonly modelId: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly data: AnswerData
  /** Rows and milliseconds of each batch, in order; the first of a load is the warm-up. */
  readonly batches: readonly { readonly rows: number; readonly ms: number }[]
  /** In use at the end of the chunk. */
  readonly batchSize: number
  /** Held by the runtime at the end of the chunk. */
  readonly memoryBytes: number | null
}

/** What the worker is busy with, so that a slow start is told from a hung one. */
export type EvaluatorPhase = 'runtime' | 'session'

export type PhaseListener = (phase: EvaluatorPhase) => void

/** Sign of life, progress and answers in one. The next chunk waits until this one was taken. */
export type AnswerListener = (chunk: AnswerChunk) => void

/** The two models of a speed test, held side by side and run in turn. */
export type SpeedSide = 'baseline' | 'candidate'

export interface SideRequest {
  readonly side: SpeedSide
  /** With a batch size. */
  readonly model: LoadRequest
  /** One for each layout that the model reads, from row 0. */
  readonly blocks: readonly InputBlock[]
  /** Of the blocks that are gone through, again and again. */
  readonly rows: number
}

export interface TurnRequest {
  readonly side: SpeedSide
  /** From row 0, batch by batch; after the last row of the blocks from row 0 again. */
  readonly rows: number
}

export interface Turn {
  readonly batches: number
  /** All of them. */
  readonly ms: number
  /** Milliseconds of each batch of full size. */
  readonly fullBatchMs: readonly number[]
}

/**
 * `workers/evaluator.worker.ts`: one `run()` at a time, and one session at a time but in a speed
 * test, which keeps two and runs them in turn.
 */
export interface EvaluatorApi {
  /** Once per worker: where answers and signs of life go. */
  connect(onAnswers: AnswerListener, onPhase: PhaseListener): Promise<void>
  /** Replaces the session of the model loaded before, if any. */
  load(request: LoadRequest): Promise<Outcome<Loaded>>
  /**
   * Every chunk has been taken by the time this settles, after a failure too.
   * @returns the row reached: the request's end, or less where the budget ended first
   */
  evaluate(request: PieceRequest): Promise<Outcome<number>>
  release(): Promise<void>
  /** Replaces the model that stood on this side; the other side stays. */
  loadSide(request: SideRequest): Promise<Outcome<Loaded>>
  /** Runs a model for its time alone: the answers are dropped. */
  takeTurn(request: TurnRequest): Promise<Outcome<Turn>>
}
