import type { LoadRequest } from '../contract/evaluator'
import type { Failure } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { ModelBinding } from '../core/task'
import { nextRung, type Rung } from './ladder'
import type { Lane } from './lane'
import { ModelRecord } from './model-record'
import type { RunRequest } from './run-request'

/** The models of a run by id: what was asked for and what has become of it. */
export class RunModels {
  readonly #records: ReadonlyMap<string, ModelRecord>

  constructor(private readonly request: RunRequest) {
    const { models, plan } = request
    const backends = new Map(plan.models.map(({ modelId, backend }) => [modelId, backend]))
    this.#records = new Map(
      models.map(({ id }) => {
        const backend = backends.get(id)
        const threads = backend === 'wasm' ? plan.threadsPerLane : 1
        const rung = backend === undefined ? null : { backend, threads, batchLimit: null }
        return [id, new ModelRecord(id, rung)]
      }),
    )
  }

  /** In the order of the request. */
  get records(): readonly ModelRecord[] {
    return [...this.#records.values()]
  }

  record(modelId: string): ModelRecord {
    const record = this.#records.get(modelId)
    if (record === undefined) throw new Error(`unknown model ${modelId}`)
    return record
  }

  info(modelId: string): ModelInfo {
    const model = this.request.models.find(({ id }) => id === modelId)
    if (model === undefined) throw new Error(`unknown model ${modelId}`)
    return model
  }

  binding(modelId: string): ModelBinding {
    const binding = this.request.preparation.bindings[modelId]
    if (!binding?.ok) throw new Error(`model ${modelId} has no binding`)
    return binding.value
  }

  /** Models that are not run at all, and why. */
  get refused(): readonly { readonly record: ModelRecord; readonly refusal: Failure }[] {
    return this.records.flatMap((record) => {
      const refusal = this.#refusal(record.modelId)
      return refusal === null ? [] : [{ record, refusal }]
    })
  }

  #refusal(modelId: string): Failure | null {
    const binding = this.request.preparation.bindings[modelId]
    if (binding?.ok === false) return binding.failure
    return this.request.plan.models.find((model) => model.modelId === modelId)?.refusal ?? null
  }

  /** The distinct input layouts that a model reads. */
  layouts(modelId: string): readonly number[] {
    const { inputs, rollout } = this.binding(modelId)
    const market = rollout === undefined ? [] : [rollout.observationLayout, rollout.priceLayout]
    return [...new Set([...inputs.map(({ layout }) => layout), ...market])]
  }

  loadRequest({ modelId, rung }: ModelRecord): LoadRequest {
    const file = this.request.files.get(modelId)
    const name = this.info(modelId).fileName
    if (file === undefined || rung === null) throw new Error(`no file for ${name}`)
    const binding = this.binding(modelId)
    const { batchSize } = this.request.plan
    return { modelId, name, file, ...rung, binding, batchSize }
  }

  /** Notes a failed attempt and moves the model to its next rung; null where there is none. */
  stepDown(record: ModelRecord, failure: Failure): Rung | null {
    const { modelId, rung, failedAttempts, batchSize } = record
    if (rung === null) return null
    failedAttempts.push({ ...rung, failure })
    const { gpu, plan } = this.request
    const hasFixedBatch = this.binding(modelId).fixedBatch !== null
    const circumstances = { batchSize, mayUseGpu: gpu.mayStart, hasFixedBatch }
    const next = nextRung(rung, failedAttempts, circumstances, plan.threadsPerLane)
    if (next !== null) {
      record.rung = next
      record.generation += 1
    }
    return next
  }

  moveToWasm(record: ModelRecord): void {
    const threads = this.request.plan.threadsPerLane
    record.rung = { backend: 'wasm', threads, batchLimit: null }
    record.generation += 1
  }

  /** Whether a lane failed on a rung that the model has left meanwhile. */
  isOutdated(lane: Lane, { generation }: ModelRecord): boolean {
    return lane.attempted !== generation
  }
}
