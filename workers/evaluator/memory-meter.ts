/**
 * Bytes that the runtimes of this worker hold: WASM heaps, which never shrink, and GPU buffers,
 * which have no query of their own. Both are counted where the browser hands them out, so the meter
 * must exist before a runtime is loaded.
 */
export class MemoryMeter {
  readonly #heaps: WebAssembly.Memory[] = []
  #gpuBytes = 0

  constructor() {
    this.#countHeaps()
    this.#countBuffers()
  }

  get bytes(): number {
    return this.#heaps.reduce((sum, heap) => sum + heap.buffer.byteLength, this.#gpuBytes)
  }

  #countHeaps(): void {
    const heaps = this.#heaps
    WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
      construct(target, [descriptor]: [WebAssembly.MemoryDescriptor]) {
        const heap = new target(descriptor)
        heaps.push(heap)
        return heap
      },
    })
  }

  #countBuffers(): void {
    // Absent in browsers without WebGPU, whatever the types say.
    const { GPUDevice: Device } = globalThis as { readonly GPUDevice?: typeof GPUDevice }
    if (Device === undefined) return
    const note = (bytes: number) => {
      this.#gpuBytes += bytes
    }
    const { createBuffer } = Device.prototype
    Device.prototype.createBuffer = function (this: GPUDevice, descriptor) {
      const buffer = createBuffer.call(this, descriptor)
      note(buffer.size)
      const destroy = buffer.destroy.bind(buffer)
      let isAlive = true
      buffer.destroy = () => {
        if (isAlive) note(-buffer.size)
        isAlive = false
        destroy()
      }
      return buffer
    }
  }
}
