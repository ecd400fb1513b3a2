/**
 * First come, first served. A safety rule, not a speed rule: two `run()` calls in flight in one
 * worker deadlock ONNX Runtime's WebGPU build without an error
 * (https://github.com/microsoft/onnxruntime/issues/32561).
 */
export class Mutex {
  #tail: Promise<unknown> = Promise.resolve()

  runExclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work)
    this.#tail = result.catch(() => undefined)
    return result
  }
}
