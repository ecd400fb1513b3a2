import type * as Ort from 'onnxruntime-web'
import type { AnswerData } from '../../src/contract/evaluator'
import { readOutputs } from '../../src/core/read-outputs'
import type { OutputBinding } from '../../src/core/task'
import { halfFloatValue } from './half-float-value'

/** Collects the read outputs of batch after batch, those of one row side by side. */
export class AnswerSink {
  readonly #widths: readonly number[]
  #numbers: Float32Array | Float64Array | null = null
  #texts: string[] | null = null
  #length = 0

  /** @param rows at least as many as will be added before the next {@link take} */
  constructor(
    private readonly output: OutputBinding,
    private readonly rows: number,
  ) {
    this.#widths = readOutputs(output).map(({ width }) => width)
  }

  /**
   * @param tensors one per output that is read, in their order
   * @param batch rows that the model was given, padding included
   * @param rows rows that count
   * @returns a problem in words, or null
   */
  add(tensors: readonly Ort.Tensor[], batch: number, rows: number): string | null {
    for (const [place, tensor] of tensors.entries()) {
      const expected = batch * (this.#widths[place] ?? 0)
      if (tensor.size === expected) continue
      return `answered ${String(tensor.size)} numbers [${tensor.dims.join(', ')}] to ${String(batch)} rows, ${String(expected)} were expected`
    }
    const [first, ...more] = tensors
    if (first?.type === 'string') {
      if (more.length > 0) return 'answered texts beside another output'
      this.#texts ??= []
      this.#texts.push(...(first.data as string[]).slice(0, rows * this.output.width))
    } else {
      this.#addNumbers(tensors, rows)
    }
    this.#length += rows * this.output.width
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

  #addNumbers(tensors: readonly Ort.Tensor[], rows: number): void {
    const { width } = this.output
    const isSingle = tensors.every(({ type }) => type === 'float32' || type === 'float16')
    const total = this.rows * width
    const numbers = (this.#numbers ??= isSingle ? new Float32Array(total) : new Float64Array(total))
    let column = 0
    for (const [place, tensor] of tensors.entries()) {
      const own = this.#widths[place] ?? 0
      const plain = plainNumbers(tensor)
      if (own === width && plain !== null) {
        numbers.set(plain.subarray(0, rows * width), this.#length)
      } else {
        const read = numberReader(tensor)
        for (let row = 0; row < rows; row += 1) {
          const start = this.#length + row * width + column
          for (let i = 0; i < own; i += 1) numbers[start + i] = read(row * own + i)
        }
      }
      column += own
    }
  }
}

/** Numbers that can be copied as they are; null for 64-bit integers and for the bits of float16. */
function plainNumbers({ type, data }: Ort.Tensor): Float32Array | null {
  const isWide = data instanceof BigInt64Array || data instanceof BigUint64Array
  if (isWide || isHalfBits(type, data)) return null
  return data as Float32Array
}

function numberReader({ type, data }: Ort.Tensor): (index: number) => number {
  if (isHalfBits(type, data)) return (index) => halfFloatValue(data[index] as number)
  return (index) => Number(data[index])
}

/** A browser without Float16Array gives the bits. */
function isHalfBits(type: string, data: Ort.Tensor['data']): data is Uint16Array {
  return type === 'float16' && data instanceof Uint16Array
}
