import type { SpeedSide, Turn } from '../contract/evaluator'
import type { Outcome } from '../core/failure'
import type { SpeedModelSamples, SpeedWarmUp } from '../core/speed'
import type { PlannedSpeedModel } from './plan-speed-test'
import type { SpeedLane } from './speed-lane'
import { isSteady } from './steadiness'

/** A step of the warm-up is at least so long: shorter ones differ by the clock's own step. */
const STEP_MS = 10
/** Batch times kept for the percentiles of a model; more say nothing new. */
const KEPT_BATCHES = 20_000

/** One model of a speed test while it is timed: what is known of its speed so far. */
export class SpeedSideTimes {
  #warmUp: SpeedWarmUp = { batches: 0, ms: 0, isSteady: false }
  #isFirstWarmUp = true
  #msPerRow: number | null = null
  readonly #batchMs: number[] = []
  #rows = 0
  #ms = 0
  /** Granted, not planned. */
  threads: number

  constructor(
    readonly name: string,
    readonly model: PlannedSpeedModel,
  ) {
    this.threads = model.threads
  }

  get msPerRow(): number {
    return this.#msPerRow ?? 0
  }

  /** A session that was just loaded compiles in its first run. */
  noteLoad(threads: number): void {
    this.threads = threads
    this.#msPerRow = null
  }

  async takeTurn(lane: SpeedLane, side: SpeedSide, rows: number): Promise<Outcome<Turn>> {
    const expectedMs = this.#msPerRow === null ? null : this.#msPerRow * rows
    const turn = await lane.takeTurn(this.name, { side, rows }, expectedMs)
    if (turn.ok) this.#msPerRow = turn.value.ms / rows
    return turn
  }

  /** Runs until the speed is steady or the time is over; the first of a model is reported. */
  async warmUp(lane: SpeedLane, side: SpeedSide, limitMs: number): Promise<Outcome<null>> {
    const started = performance.now()
    let batches = 0
    let [rows, stepMs]: [number, number[]] = [this.model.batchSize, []]
    do {
      const turn = await this.takeTurn(lane, side, rows)
      if (!turn.ok) return turn
      batches += turn.value.batches
      if (turn.value.ms >= STEP_MS) {
        stepMs.push(turn.value.ms)
      } else {
        rows *= 2
        stepMs = []
      }
    } while (!isSteady(stepMs) && performance.now() - started < limitMs)
    const ms = performance.now() - started
    if (this.#isFirstWarmUp) this.#warmUp = { batches, ms, isSteady: isSteady(stepMs) }
    this.#isFirstWarmUp = false
    return { ok: true, value: null }
  }

  note(turn: Turn, rows: number): void {
    this.#rows += rows
    this.#ms += turn.ms
    const room = KEPT_BATCHES - this.#batchMs.length
    this.#batchMs.push(...turn.fullBatchMs.slice(0, room))
  }

  toSamples(): SpeedModelSamples {
    const { backend, batchSize } = this.model
    return {
      name: this.name,
      backend,
      threads: this.threads,
      batchSize,
      warmUp: this.#warmUp,
      batchMs: this.#batchMs,
      rows: this.#rows,
      ms: this.#ms,
    }
  }
}
