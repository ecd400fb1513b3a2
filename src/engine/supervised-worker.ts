import { releaseProxy, wrap, type Remote } from 'comlink'
import { errorText, failed, type Failure, type Outcome } from '../core/failure'

type Settle = (failure: Failure) => void

const TICK_MS = 100
/**
 * A check that comes later than this after the last was asleep meanwhile (closed lid, frozen tab,
 * timers of a hidden tab): the rest of the gap is no silence of the worker's.
 */
const LONGEST_GAP_MS = 1_500

/**
 * One worker, watched from outside. Comlink never settles a call to a dead worker and strips thrown
 * errors, so every call here settles by the first of: answer, deadline, `error`, `messageerror`,
 * close. After anything but an answer the worker is terminated and never touched again.
 */
export class SupervisedWorker<Api> {
  readonly #worker: Worker
  readonly #remote: Remote<Api>
  readonly #open = new Set<Settle>()
  #end: Failure | null = null
  readonly #wake = new WakeWatch()
  #beats = 0
  #waiting = 0

  /** @param label how messages name the worker, for example "The evaluator". */
  constructor(
    spawn: () => Worker,
    private readonly label: string,
  ) {
    this.#worker = spawn()
    this.#remote = wrap<Api>(this.#worker)
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault()
      // A script that could not be loaded gives a plain Event, without a message.
      this.#die(
        'worker-failed',
        event.message
          ? `${label} stopped with an error.`
          : `${label} could not be started: its script did not load.`,
        event.message || undefined,
      )
    })
    this.#worker.addEventListener('messageerror', () => {
      this.#die('worker-failed', `${label} sent an answer that could not be read.`)
    })
  }

  /** Null while the worker may be called. */
  get end(): Failure | null {
    return this.#end
  }

  /** A sign of life: every call under way gets its whole time again. */
  touch(): void {
    this.#beats += 1
  }

  /**
   * Whether this page and its workers stood still, asleep or frozen, during work that took `ms` and
   * whose answer has just come.
   */
  sleptDuring(ms: number): boolean {
    return this.#wake.sleptDuring(ms)
  }

  /** Whether this page and its workers have stood still since then, on the page's clock. */
  sleptSince(at: number): boolean {
    return this.#wake.sleptSince(at)
  }

  /**
   * Meanwhile the worker waits for this page: its silence is none of its own.
   * Settles as `work` does.
   */
  async waitsFor<T>(work: Promise<T>): Promise<T> {
    this.#waiting += 1
    try {
      return await work
    } finally {
      this.#waiting -= 1
      this.touch()
    }
  }

  /**
   * @param what how the deadline's message names the work, for example "digits_cnn.onnx"
   * @param deadlineMs of silence, in active time; read anew at each check, so that it may follow
   *   what batches took
   */
  call<T>(
    what: string,
    deadlineMs: number | (() => number),
    invoke: (api: Remote<Api>) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (this.#end !== null) return Promise.resolve({ ok: false, failure: this.#end })
    const { label } = this
    if (this.#open.size === 0) this.#wake.begin()
    return new Promise((resolve) => {
      const settle = (outcome: Outcome<T>): void => {
        clearInterval(timer)
        this.#open.delete(onDeath)
        resolve(outcome)
      }
      const onDeath: Settle = (failure) => {
        const isNamed = failure.code !== 'worker-failed' || what === label
        settle({ ok: false, failure: isNamed ? failure : named(what, failure) })
      }
      const silence = new Silence(() => {
        if (this.#waiting > 0) this.#beats += 1
        return this.#beats
      })
      const timer = setInterval(() => {
        this.#wake.check()
        const limit = typeof deadlineMs === 'number' ? deadlineMs : deadlineMs()
        const silentMs = silence.measure()
        if (silentMs >= limit) {
          const seconds = (silentMs / 1000).toFixed(1)
          this.#die('deadline-missed', `${what} stopped answering after ${seconds} s.`)
        }
      }, TICK_MS)
      this.#open.add(onDeath)
      invoke(this.#remote).then(settle, (error: unknown) => {
        settle(
          failed(
            'internal',
            `${this.label} failed in a way that it should not.`,
            'Please report this with the run log.',
            errorText(error),
          ),
        )
      })
    })
  }

  /** Terminates at once; calls under way settle as cancelled. */
  close(): void {
    this.#die('cancelled', `${this.label} was stopped.`)
  }

  #die(code: 'worker-failed' | 'deadline-missed' | 'cancelled', message: string, detail?: string) {
    if (this.#end !== null) return
    this.#end = failed(code, message, ADVICE[code], detail).failure
    this.#remote[releaseProxy]()
    this.#worker.terminate()
    for (const settle of [...this.#open]) settle(this.#end)
  }
}

/** `Loading digits_mlp.onnx: the evaluator stopped with an error.` */
function named(what: string, failure: Failure): Failure {
  const { message } = failure
  return { ...failure, message: `${what}: ${message.charAt(0).toLowerCase()}${message.slice(1)}` }
}

const ADVICE = {
  'worker-failed': 'Compare again; if it stays so, reload the page.',
  'deadline-missed': 'Compare again with a smaller batch size, or choose WASM as backend.',
  cancelled: 'Compare again when you are ready.',
}

/** Milliseconds without a sign of life, in the time in which this page could have seen one. */
class Silence {
  #silentMs = 0
  #checkedAt = performance.now()
  #seen: number

  constructor(private readonly beats: () => number) {
    this.#seen = beats()
  }

  measure(): number {
    const now = performance.now()
    const passed = Math.min(now - this.#checkedAt, LONGEST_GAP_MS)
    this.#checkedAt = now
    const beats = this.beats()
    this.#silentMs = beats === this.#seen ? this.#silentMs + passed : 0
    this.#seen = beats
    return this.#silentMs
  }
}

/** A part of a sleep that work must fill to have been under way in it: clocks are read apart. */
const SLEPT_SHARE = 0.9
/** An answer may wait this long for the page to take it. */
const DELIVERY_MS = 1_000
const KEPT_SLEEPS = 16

/** Notices when checks that should come every {@link TICK_MS} stood still. */
class WakeWatch {
  #checkedAt = performance.now()
  #sleeps: { readonly endedAt: number; readonly ms: number }[] = []

  begin(): void {
    this.#checkedAt = performance.now()
  }

  check(): void {
    const endedAt = performance.now()
    const ms = endedAt - this.#checkedAt
    this.#checkedAt = endedAt
    if (ms > LONGEST_GAP_MS) this.#sleeps = [...this.#sleeps, { endedAt, ms }].slice(-KEPT_SLEEPS)
  }

  /** An answer may come before the first check after a sleep, and after others sent before it. */
  sleptDuring(ms: number): boolean {
    this.check()
    const beganAt = performance.now() - ms - DELIVERY_MS
    return this.#sleeps.some((sleep) => ms >= SLEPT_SHARE * sleep.ms && beganAt < sleep.endedAt)
  }

  sleptSince(at: number): boolean {
    this.check()
    return this.#sleeps.some(({ endedAt }) => endedAt > at)
  }
}
