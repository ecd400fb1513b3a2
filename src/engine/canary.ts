import type { AnswerChunk, AnswerData } from '../contract/evaluator'
import type { Backend } from '../core/evaluation'
import type { Failure } from '../core/failure'
import { formatQuantity } from '../core/format'
import { isQuantised } from '../core/is-quantised'
import { copyRows } from './answer-flow'
import type { InputBlocks } from './input-blocks'
import type { Lane } from './lane'
import type { ModelRecord } from './model-record'
import { checkedRows, compareAnswers, joinParity } from './parity'
import type { RunModels } from './run-models'
import type { RunRequest } from './run-request'

/**
 * A wrong number is worse than a crash: before a model runs on WebGPU, WASM answers its first rows,
 * and where the GPU disagrees, the model's figures are withheld.
 */
export class Canary {
  /** By model id; null while a lane is at it, or where WASM could not answer. */
  readonly #expected = new Map<string, AnswerData | null>()

  constructor(
    private readonly request: RunRequest,
    private readonly models: RunModels,
    private readonly blocks: InputBlocks,
  ) {}

  /** Not for policies: their first rows cannot be answered apart from the rest of a window. */
  isNeeded({ modelId, rung, parity }: ModelRecord): boolean {
    if (this.models.binding(modelId).rollout !== undefined) return false
    return rung?.backend === 'webgpu' && parity === null && !this.#expected.has(modelId)
  }

  /** Lets WASM answer the first rows in the same worker. Returns what went wrong, or null. */
  async answer(lane: Lane, record: ModelRecord): Promise<Failure | null> {
    const { modelId } = record
    this.#expected.set(modelId, null)
    const { width } = this.models.binding(modelId).output
    const range = checkedRows(this.request, modelId)
    const piece = { modelId, ...range }
    const blocks = await this.blocks.forPiece(piece, this.models.layouts(modelId))
    if (!blocks.ok) return blocks.failure
    const request = { ...this.models.loadRequest(record), backend: 'wasm' as const }
    const tag = { modelId: `${modelId} (check)`, generation: 0 }
    const loaded = await lane.load(
      { ...request, threads: 1, batchSize: range.end - range.start },
      tag,
    )
    if (!loaded.ok) return loaded.failure
    const answers: AnswerData[] = []
    const evaluated = await lane.evaluate(
      request.name,
      { ...piece, blocks: blocks.value, budgetMs: this.request.plan.deadlines.firstBatchMs },
      (chunk) => {
        answers.push(copyRows(chunk.data, chunk.end - chunk.start, width))
        return Promise.resolve()
      },
    )
    if (!evaluated.ok) return evaluated.failure
    this.#expected.set(modelId, join(answers))
    return null
  }

  /** Looks at the first rows of the GPU's answers. Returns why the figures are withheld, or null. */
  compare(record: ModelRecord, backend: Backend, chunk: AnswerChunk): Failure | null {
    const expected = this.#expected.get(record.modelId)
    if (expected == null || backend !== 'webgpu') return null
    const { output } = this.models.binding(record.modelId)
    const first = checkedRows(this.request, record.modelId).start
    const end = Math.min(chunk.end, first + expected.length / output.width)
    const rows = end - chunk.start
    if (rows <= 0) return null
    const actual = copyRows(chunk.data, rows, output.width)
    const wanted = expected.slice(
      (chunk.start - first) * output.width,
      (end - first) * output.width,
    )
    const isRounding = isQuantised(this.models.info(record.modelId))
    const part = compareAnswers(wanted, actual, output, isRounding)
    const parity = joinParity(record.parity, part)
    record.parity = parity
    if (parity.agrees) return null
    const { fileName } = this.models.info(record.modelId)
    return {
      code: 'parity-disagreement',
      message: `${fileName} gives other answers on the GPU than on the CPU (largest difference ${parity.maxDifference.toPrecision(2)} on ${formatQuantity(parity.rows, 'row')}), so its figures are withheld.`,
      advice: 'Choose WASM as backend under Options and compare again.',
    }
  }
}

function join(parts: readonly AnswerData[]): AnswerData {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0]
  if (parts.every((part) => ArrayBuffer.isView(part))) {
    return Float64Array.from(parts.flatMap((part) => [...part]))
  }
  return parts.flatMap((part) => [...part].map(String))
}
