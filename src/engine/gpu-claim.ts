import type { RunEvent } from '../core/evaluation'
import { acquireDevice } from './acquire-device'
import type { RunLog } from './run-log'
import type { RunModels } from './run-models'
import type { RunRequest } from './run-request'

/** A run's claim on the GPU: waited for before its first WebGPU model, given back at its end. */
export class GpuClaim {
  readonly #wait = new AbortController()
  #releaseDevice: (() => void) | null = null
  #isReleased = false

  constructor(
    private readonly request: RunRequest,
    private readonly models: RunModels,
    private readonly log: RunLog,
    private readonly onEvent: (event: RunEvent) => void,
  ) {}

  /** Waits while another evaluation, in this tab or another, is at the GPU. */
  async acquire(): Promise<void> {
    const records = this.models.records.filter(
      ({ isOpen, rung }) => isOpen && rung?.backend === 'webgpu',
    )
    if (records.length === 0) return
    const count = `${String(records.length)} ${records.length === 1 ? 'model' : 'models'}`
    const what = `${count} on ${this.request.dataset.name}`
    this.#releaseDevice = await acquireDevice(what, this.#wait.signal, (holder) => {
      this.log.say(`The GPU is taken by ${holder}; waiting until it is free.`)
      this.onEvent({ type: 'waiting-for-gpu', holder })
    })
    this.onEvent({ type: 'waiting-for-gpu', holder: null })
    if (this.#isReleased) this.#releaseDevice?.()
    else if (this.#releaseDevice === null) {
      this.log.say('Not waiting for the GPU: goes on on WASM.')
      const threads = this.request.plan.threadsPerLane
      for (const record of records) record.rung = { backend: 'wasm', threads, batchLimit: null }
    }
  }

  /** Ends the wait: the run goes on on WASM. */
  giveUp(): void {
    this.#wait.abort()
  }

  /** At the end of the run, whether it was waiting or not. */
  release(): void {
    this.#isReleased = true
    this.#wait.abort()
    this.#releaseDevice?.()
  }
}
