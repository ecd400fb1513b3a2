import type * as Ort from 'onnxruntime-web'
import type { LoadRequest, SpeedSide, Turn, TurnRequest } from '../../src/contract/evaluator'
import type { InputBlock } from '../../src/contract/reader'
import { failed, success, type Outcome } from '../../src/core/failure'
import { readOutputs } from '../../src/core/read-outputs'
import { makeFeeds } from './feeds'
import type { ModelBytes, Runtime } from './runtime'
import { runtimeFailure } from './runtime-failure'

interface SideModel {
  readonly request: LoadRequest
  readonly runtime: Runtime
  readonly blocks: readonly InputBlock[]
  readonly rows: number
}

/**
 * Two models side by side, timed in turn. Two sessions on one device are sound as long as no two
 * calls overlap (`test/browser/bare-runtime.test.ts` keeps that fact): the caller holds the mutex.
 */
export class Stopwatch {
  readonly #sides = new Map<SpeedSide, SideModel & { readonly session: Ort.InferenceSession }>()

  /** Rejects with the runtime's error. */
  async load(side: SpeedSide, model: SideModel, bytes: ModelBytes): Promise<void> {
    const before = this.#sides.get(side)
    this.#sides.delete(side)
    await before?.session.release()
    this.#sides.set(side, { ...model, session: await model.runtime.createSession(bytes) })
  }

  async takeTurn({ side, rows }: TurnRequest): Promise<Outcome<Turn>> {
    const model = this.#sides.get(side)
    if (model === undefined) {
      return failed('internal', 'A model was timed before it was loaded.', 'Compare again.')
    }
    const { binding, batchSize } = model.request
    const size = binding.fixedBatch ?? batchSize ?? 1
    const fullBatchMs: number[] = []
    let [batches, ms, done] = [0, 0, 0]
    try {
      while (done < rows) {
        const start = done % model.rows
        const count = Math.min(size, rows - done, model.rows - start)
        const batchMs = await this.#timeBatch(model, start, count)
        if (count === size) fullBatchMs.push(batchMs)
        ms += batchMs
        batches += 1
        done += count
      }
      return success({ batches, ms, fullBatchMs })
    } catch (error) {
      return { ok: false, failure: await runtimeFailure(model.request, error) }
    }
  }

  /** From feeding to having the output in memory, as an evaluation times its batches. */
  async #timeBatch(
    { request, runtime, blocks, session }: SideModel & { readonly session: Ort.InferenceSession },
    start: number,
    count: number,
  ): Promise<number> {
    const { binding } = request
    const feeds = makeFeeds(runtime.Tensor, binding, blocks, start, count)
    const outputs = readOutputs(binding.output).map(({ output }) => output)
    const started = performance.now()
    await runtime.guard(() => session.run(feeds, outputs))
    return performance.now() - started
  }
}
