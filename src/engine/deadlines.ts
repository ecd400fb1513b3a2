/** How long a lane may be silent, in active milliseconds. Part of the plan, so that it can be read. */
export interface Deadlines {
  /** Start of the worker and of the runtime, which is fetched the first time. */
  readonly runtimeMs: number
  /** Creation of a session; large files get more. */
  readonly sessionMs: number
  /** Shader compilation took up to 20 s on a software adapter. */
  readonly firstBatchMs: number
  /** Later batches: `batchFactor` times the longest so far, and never less than this. */
  readonly batchMs: number
  readonly batchFactor: number
}

export const DEFAULT_DEADLINES: Deadlines = {
  runtimeMs: 45_000,
  sessionMs: 15_000,
  firstBatchMs: 60_000,
  batchMs: 10_000,
  batchFactor: 20,
}

/** A session reads and optimises at least this many bytes per millisecond. */
export const SESSION_BYTES_PER_MS = 10_000
