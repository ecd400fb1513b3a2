import type { Failure } from '../core/failure'

/** Chromium takes WebGPU from an origin that loses two devices within two minutes. */
const LOSS_WINDOW_MS = 120_000
/** This many losses in one session and WebGPU stays off until the page is reloaded. */
const LOSSES_FOR_GOOD = 3

/**
 * What this page has seen of its GPU: losses, and when to try again. One for all runs of a page.
 * @see https://source.chromium.org/chromium/chromium/src/+/main:content/browser/gpu/gpu_data_manager_impl_private.cc
 */
export class GpuHealth {
  readonly #losses: number[] = []

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param openedAt when the device was opened: one crash takes many devices and counts once */
  noteLoss(openedAt: number): void {
    const last = this.#losses.at(-1)
    if (last === undefined || openedAt > last) this.#losses.push(this.now())
  }

  /** Losses since the page was opened. */
  get losses(): number {
    return this.#losses.length
  }

  /** Of what ended a WebGPU worker: after a loss, a browser without an adapter has lost its GPU again. */
  isLoss({ code }: Failure): boolean {
    return code === 'device-lost' || (code === 'runtime-unavailable' && this.losses > 0)
  }

  /** WebGPU stays off until the page is reloaded. */
  get isOff(): boolean {
    return this.losses >= LOSSES_FOR_GOOD
  }

  /** Whether a WebGPU worker may be started now. */
  get mayStart(): boolean {
    return !this.isOff && this.blockedMs === 0
  }

  /** Until WebGPU may be tried again; 0 for now. */
  get blockedMs(): number {
    const [before, last] = this.#losses.slice(-2)
    if (before === undefined || last === undefined || last - before > LOSS_WINDOW_MS) return 0
    return Math.max(0, last + LOSS_WINDOW_MS - this.now())
  }

  /** Why WebGPU is not used now and when it will be, in one sentence. */
  describe(): string {
    if (this.isOff) return 'The GPU was lost three times; it stays off until the page is reloaded.'
    const seconds = String(Math.ceil(this.blockedMs / 1000))
    return `The GPU was lost twice within two minutes; it is tried again in ${seconds} s.`
  }
}
