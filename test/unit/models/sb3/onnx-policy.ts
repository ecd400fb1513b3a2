import * as ort from 'onnxruntime-web/wasm'
import type { Sb3Policy } from '../../../../src/models/sb3/sb3-policy'
import { POLICY_VALUES, sb3ToOnnx, type OnnxOptions } from '../../../../src/models/sb3/sb3-to-onnx'

ort.env.wasm.numThreads = 1

/** A policy's graph in ONNX Runtime, with the state that it carries from call to call. */
export class OnnxPolicy {
  private state: Record<string, ort.Tensor> = {}

  private constructor(
    private readonly session: ort.InferenceSession,
    private readonly policy: Sb3Policy,
  ) {}

  static async load(policy: Sb3Policy, options: Partial<OnnxOptions> = {}): Promise<OnnxPolicy> {
    const bytes = sb3ToOnnx(policy, { form: 'step', normalization: null, ...options })
    const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 })
    return new OnnxPolicy(session, policy)
  }

  /** Sets the states of `batch` rows to zero. */
  reset(batch: number): void {
    const { lstm } = this.policy
    if (lstm === null) return
    const shape = [lstm.layers.length, batch, lstm.hidden]
    const zeros = () =>
      new ort.Tensor('float32', new Float32Array(batch * lstm.layers.length * lstm.hidden), shape)
    this.state = { [POLICY_VALUES.h]: zeros(), [POLICY_VALUES.c]: zeros() }
  }

  /** Answers for observations of `shape`, [batch, columns] or [time, batch, columns]. */
  async answer(observations: Float32Array, shape: readonly number[]): Promise<Float32Array> {
    const observation = new ort.Tensor('float32', observations, shape)
    const outputs = await this.session.run({ observation, ...this.state })
    const { nextH, nextC, logits, action } = POLICY_VALUES
    const [h, c] = [outputs[nextH], outputs[nextC]]
    if (h !== undefined && c !== undefined) {
      this.state = { [POLICY_VALUES.h]: h, [POLICY_VALUES.c]: c }
    }
    return (outputs[logits] ?? outputs[action])?.data as Float32Array
  }

  release(): Promise<void> {
    return this.session.release()
  }
}

/** Position of the first largest of `values[from … from + size − 1]`. */
export function firstLargest(values: Float32Array, from: number, size: number): number {
  let best = 0
  for (let index = 1; index < size; index++) {
    if ((values[from + index] ?? NaN) > (values[from + best] ?? NaN)) best = index
  }
  return best
}
