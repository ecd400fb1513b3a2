import { releaseProxy, wrap, type Remote } from 'comlink'
import { errorText, failed, type Failure, type Outcome } from '../core/failure'

type Settle = (failure: Failure) => void

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
  #beat = 0

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
    this.#beat = performance.now()
  }

  /**
   * @param what how the deadline's message names the work, for example "Model digits_cnn"
   * @param deadlineMs from the call, or from the last {@link touch}; read anew at each check, so
   *   that it may follow what batches took
   */
  call<T>(
    what: string,
    deadlineMs: number | (() => number),
    invoke: (api: Remote<Api>) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (this.#end !== null) return Promise.resolve({ ok: false, failure: this.#end })
    return new Promise((resolve) => {
      const started = performance.now()
      let timer: ReturnType<typeof setTimeout> | undefined
      const settle = (outcome: Outcome<T>): void => {
        clearTimeout(timer)
        this.#open.delete(onDeath)
        resolve(outcome)
      }
      const onDeath: Settle = (failure) => {
        settle({ ok: false, failure })
      }
      const check = (): void => {
        const limit = typeof deadlineMs === 'number' ? deadlineMs : deadlineMs()
        const silent = performance.now() - Math.max(started, this.#beat)
        if (silent < limit) {
          timer = setTimeout(check, limit - silent)
        } else {
          this.#die(
            'deadline-missed',
            `${what} stopped answering after ${(silent / 1000).toFixed(1)} s.`,
          )
        }
      }
      this.#open.add(onDeath)
      check()
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

const ADVICE = {
  'worker-failed': 'Compare again; if it stays so, reload the page.',
  'deadline-missed': 'Compare again with a smaller batch size, or choose WASM as backend.',
  cancelled: 'Compare again when you are ready.',
}
