import type * as Ort from 'onnxruntime-web'
import type { AnswerData } from '../../src/contract/evaluator'
import type { OutputBinding } from '../../src/core/task'
import { halfFloatValue } from './half-float-value'

/** Collects the read output of batch after batch. */
export class AnswerSink {
  #numbers: Float32Array | Float64Array | null = null
  #texts: string[] | null = null
  #length = 0

  /** @param rows at least as many as will be added before the next {@link take} */
  constructor(
    private readonly output: OutputBinding,
    private readonly rows: number,
  ) {}

  /**
   * @param batch rows that the model was given, padding included
   * @param rows rows that count
   * @returns a problem in words, or null
   */
  add(tensor: Ort.Tensor, batch: number, rows: number): string | null {
    const { width } = this.output
    if (tensor.size !== batch * width) {
      return `answered ${String(tensor.size)} numbers [${tensor.dims.join(', ')}] to ${String(batch)} rows, ${String(batch * width)} were expected`
    }
    const count = rows * width
    if (tensor.type === 'string') {
      this.#texts ??= []
      this.#texts.push(...(tensor.data as string[]).slice(0, count))
    } else {
      this.#addNumbers(tensor, count)
    }
    this.#length += count
    return null
  }

  /** The answers since the last call, in a buffer of their own size that the caller owns. */
  take(): AnswerData {
    const length = this.#length
    this.#length = 0
    if (this.#texts !== null) return this.#texts.splice(0)
    const numbers = this.#numbers ?? new Float32Array(0)
    if (length < numbers.length) return numbers.slice(0, length)
    this.#numbers = null
    return numbers
  }

  #addNumbers(tensor: Ort.Tensor, count: number): void {
    const total = this.rows * this.output.width
    const isSingle = tensor.type === 'float32' || tensor.type === 'float16'
    const numbers = (this.#numbers ??= isSingle ? new Float32Array(total) : new Float64Array(total))
    const { data } = tensor
    const start = this.#length
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      for (let i = 0; i < count; i += 1) numbers[start + i] = Number(data[i])
    } else if (tensor.type === 'float16' && data instanceof Uint16Array) {
      // A browser without Float16Array gives the bits.
      for (let i = 0; i < count; i += 1) numbers[start + i] = halfFloatValue(data[i] as number)
    } else {
      numbers.set((data as Float32Array).subarray(0, count), start)
    }
  }
}
