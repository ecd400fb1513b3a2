import type { Interval } from './comparison'
import type { Backend } from './evaluation'

/** What a speed test says of a candidate against the baseline. */
export type SpeedVerdict = 'faster' | 'slower' | 'no difference found' | 'too noisy to tell'

/**
 * One block: baseline, candidate, candidate, baseline (ABBA) over the same rows, so that a machine
 * that gets steadily slower meanwhile slows both alike.
 */
export interface SpeedBlock {
  /** Milliseconds of both turns together. */
  readonly baselineMs: number
  readonly candidateMs: number
}

/** Batches before a model's speed was steady; not part of any figure. */
export interface SpeedWarmUp {
  readonly batches: number
  readonly ms: number
  /** Whether the last five steps were within 5 % of each other before the time for it was over. */
  readonly isSteady: boolean
}

/** One model of a speed test, by what it really ran on. */
export interface SpeedModel {
  readonly name: string
  readonly backend: Backend
  readonly threads: number
  readonly batchSize: number
  readonly warmUp: SpeedWarmUp
  /** Full batches behind the figures. */
  readonly batches: number
  readonly batchMs: { readonly p50: number | null; readonly p95: number | null }
  readonly rowsPerSecond: number | null
}

/** Times of the candidate through times of the baseline: above 1 the candidate is slower. */
export interface SpeedComparison {
  /** Model names; both are the same in an A/A control. */
  readonly baseline: string
  readonly candidate: string
  /** Median of the blocks' ratios; null where no block was measured. */
  readonly ratio: number | null
  /** 95 %, percentile bootstrap over blocks; null with too few blocks. */
  readonly interval: Interval | null
  readonly verdict: SpeedVerdict
  /** Why nothing can be told, or why the pair was not measured to its end; else null. */
  readonly reason: string | null
  /** Of each turn. */
  readonly rows: number
  readonly blocks: readonly SpeedBlock[]
  /** Blocks left out: the tab was hidden or stood still in them. */
  readonly droppedBlocks: number
}

/** Models timed in turn, one `run()` at a time, with nothing else of Bakeoff at work. */
export interface SpeedTest {
  readonly createdAt: string
  /** Name of a model. */
  readonly baseline: string
  /** Null: each model with the batch size it was compared with. */
  readonly commonBatchSize: number | null
  /** The baseline against itself, in two sessions: what the machine's noise alone makes. */
  readonly control: SpeedComparison | null
  /** One for each candidate, in the order of the models. */
  readonly comparisons: readonly SpeedComparison[]
  readonly models: readonly SpeedModel[]
  /** Models left out and why, one sentence each. */
  readonly notes: readonly string[]
  /** Smallest step of the clock that was seen, in ms. */
  readonly timerStepMs: number
  readonly seed: number
}

/** What the page measures and the analysis makes figures of. */
export interface SpeedSamples {
  readonly baseline: string
  readonly candidate: string
  readonly rows: number
  readonly blocks: readonly SpeedBlock[]
  readonly droppedBlocks: number
  /** What broke the pair off, in one sentence; null where nothing did. */
  readonly problem: string | null
}

export interface SpeedModelSamples {
  readonly name: string
  readonly backend: Backend
  readonly threads: number
  readonly batchSize: number
  readonly warmUp: SpeedWarmUp
  /** Milliseconds of each full batch. */
  readonly batchMs: readonly number[]
  /** Of all batches. */
  readonly rows: number
  readonly ms: number
}

export interface SpeedEvidence {
  readonly control: SpeedSamples | null
  readonly pairs: readonly SpeedSamples[]
  readonly models: readonly SpeedModelSamples[]
  readonly seed: number
}

export type SpeedFigures = Pick<SpeedTest, 'control' | 'comparisons' | 'models'>
