/** A run that fails because of a loss may reject just before the device says that it is lost. */
const PATIENCE_MS = 100

/**
 * Ends the call under way when the device goes: the runtime may never settle it, or reject it with
 * words that do not tell why. One call at a time.
 */
export class LossWatch {
  #loss: Error | null = null
  #onLoss: (loss: Error) => void = () => undefined
  readonly #lost: Promise<void>

  constructor(device: GPUDevice) {
    this.#lost = device.lost.then(({ reason, message }) => {
      this.#loss = new Error(`The WebGPU device was lost (${reason}). ${message}`)
      this.#onLoss(this.#loss)
    })
  }

  async guard<T>(call: () => Promise<T>): Promise<T> {
    if (this.#loss !== null) throw this.#loss
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#onLoss = reject
        call().then(resolve, reject)
      })
    } catch (error) {
      await Promise.race([this.#lost, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
      throw this.#loss ?? error
    } finally {
      this.#onLoss = () => undefined
    }
  }
}
