import type { LoadRequest } from '../contract/evaluator'
import type { Failure } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { ModelBinding } from '../core/task'
import { askedRanges } from './asked-rows'
import type { RowRange } from './journal'
import { nextRung, type Rung } from './ladder'
import type { Lane, LoadTag } from './lane'
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
    const refusal = this.request.plan.models.find((model) => model.modelId === modelId)?.refusal
    return refusal ?? this.request.broughtIn?.failure(modelId) ?? null
  }

  /** The distinct input layouts that a model reads. */
  layouts(modelId: string): readonly number[] {
    const { inputs, rollout } = this.binding(modelId)
    const market = rollout === undefined ? [] : [rollout.observationLayout, rollout.priceLayout]
    return [...new Set([...inputs.map(({ layout }) => layout), ...market])]
  }

  /** Rows that can only be answered together and are this model's alone; null where they are not. */
  ownWholes(modelId: string): readonly RowRange[] | null {
    return this.binding(modelId).checkpoints === undefined
      ? null
      : askedRanges(this.request.preparation, modelId)
  }

  /** What has to be loaded to answer a row. */
  loadTag({ modelId, generation }: ModelRecord, row: number): LoadTag {
    const { checkpoints } = this.binding(modelId)
    if (checkpoints === undefined) return { modelId, generation }
    const checkpoint = checkpoints.findIndex(({ start, end }) => start <= row && row < end)
    return { modelId, checkpoint, generation }
  }

  /** For messages. */
  fileName({ modelId, checkpoint = 0 }: LoadTag): string {
    const { checkpoints } = this.binding(modelId)
    return checkpoints?.[checkpoint]?.fileName ?? this.info(modelId).fileName
  }

  /** @param index of a model with a file per window: which one */
  loadRequest({ modelId, rung }: ModelRecord, index = 0): LoadRequest {
    const checkpoint = this.binding(modelId).checkpoints?.[index]
    const id = checkpoint?.modelId ?? modelId
    const file = this.request.files.get(id)
    const external = this.request.external?.get(id) ?? []
    const name = this.fileName({ modelId, checkpoint: index, generation: 0 })
    if (file === undefined || rung === null) throw new Error(`no file for ${name}`)
    const binding = checkpoint?.binding ?? this.binding(modelId)
    const { batchSize } = this.request.plan
    return { modelId, name, file, external, ...rung, binding, batchSize }
  }

  /** Notes a failed attempt and moves the model to its next rung; null where there is none. */
  stepDown(record: ModelRecord, failure: Failure): Rung | null {
    const { modelId, rung, failedAttempts, batchSize } = record
    if (rung === null) return null
    record.noteFailedAttempt(failure)
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
