import type { AnswerChunk, AnswerData } from '../contract/evaluator'
import type { Backend } from '../core/evaluation'
import { success, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { OutputBinding } from '../core/task'
import type { AnalysisClient } from './analysis-client'
import type { AnswerRange, BroughtIn } from './answer-exchange'
import { answerKey } from './answer-key'
import { rowsToAnswer, toAnswer } from './asked-rows'
import type { RowRange } from './journal'
import type { JournalModel } from './journal-database'
import type { ModelRecord } from './model-record'
import { checkedRows } from './parity'
import type { RunRequest } from './run-request'

/** The way of finished rows: to disk first, then to the analysis. Rows count once both have them. */
export class AnswerFlow {
  /** By model id; of its latest chunk. */
  readonly #rowBytes = new Map<string, number>()

  constructor(
    private readonly request: RunRequest,
    private readonly analysis: AnalysisClient,
  ) {}

  /** Settles when the rows are on disk (or saving was given up) and with the analysis. */
  async take(record: ModelRecord, backend: Backend, chunk: AnswerChunk): Promise<Outcome<null>> {
    if (chunk.end === chunk.start) return success(null)
    const rows = chunk.end - chunk.start
    this.#rowBytes.set(chunk.modelId, byteLength(chunk.data) / rows)
    const described = this.#describe(record, backend, record.rowsDone + rows)
    await this.request.journal?.append(described, chunk)
    return this.#hand(chunk.modelId, chunk)
  }

  /**
   * Brings back what an earlier run left on disk for this model: from WASM, the reference, and from
   * the backend that it is planned for.
   * @param onNote gets one sentence where answers on disk are not used
   * @returns the rows that are still missing
   */
  async restore(record: ModelRecord, onNote: (note: string) => void): Promise<readonly RowRange[]> {
    const { journal, handedOut, broughtIn } = this.request
    const missing = new Missing(toAnswer(this.request, record.modelId))
    if (handedOut === undefined) await this.#answerUnasked(record.modelId, missing.ranges)
    if (broughtIn !== undefined) return this.#bringIn(record, broughtIn, missing)
    if (journal === null || record.rung === null) return missing.ranges
    for (const backend of new Set(['wasm', record.rung.backend] as const)) {
      const key = answerKey(this.request, record.modelId, backend)
      if (!this.request.useKept) {
        await journal.deleteAnswers(key)
        continue
      }
      const kept = await journal.kept(key)
      if (kept.status === 'refused') onNote(kept.reason)
      else {
        const unchecked = backend === 'webgpu' ? this.#uncheckedRows(record, kept.model) : 0
        for (const range of kept.ranges) {
          if (range.start < unchecked) continue
          if (missing.covers(range) && (await this.#restoreRange(record, key, range, onNote))) {
            record.noteKept(range, kept.model)
            missing.remove(range)
          }
        }
      }
    }
    return missing.ranges
  }

  /** Every row is answered: timing and parity belong to the answers from now on. */
  async noteFinished(record: ModelRecord): Promise<void> {
    if (this.request.handedOut !== undefined || this.request.broughtIn !== undefined) return
    if (record.keptRows < this.#rows(record) && record.rung !== null) {
      await this.request.journal?.noteModel(
        this.#describe(record, record.rung.backend, record.rowsDone),
      )
    }
  }

  /** Deletes what was kept of a model whose answers turned out to be wrong. */
  async forget(modelId: string, backend: Backend): Promise<void> {
    await this.request.journal?.deleteAnswers(answerKey(this.request, modelId, backend))
  }

  /** The first rows of what the GPU answered count only once they were compared with WASM's. */
  #uncheckedRows(record: ModelRecord, model: JournalModel | null): number {
    const { start, end } = checkedRows(this.request, record.modelId)
    const isChecked = model?.parity != null && model.parity.rows >= end - start
    if (isChecked) record.parity ??= model.parity
    return isChecked ? 0 : end
  }

  async #restoreRange(
    record: ModelRecord,
    key: string,
    range: RowRange,
    onNote: (note: string) => void,
  ): Promise<boolean> {
    const { journal } = this.request
    const entry = await journal?.read(key, range)
    if (entry == null) {
      const kept = await journal?.kept(key)
      if (kept?.status === 'refused') onNote(kept.reason)
      return false
    }
    const output = this.#output(record.modelId)
    const isWhole = entry.data.length === (range.end - range.start) * output.width
    return isWhole && (await this.#hand(record.modelId, entry)).ok
  }

  /** To the analysis, or out of this run. */
  #hand(modelId: string, range: AnswerRange): Promise<Outcome<null>> {
    const { handedOut } = this.request
    if (handedOut === undefined)
      return this.analysis.addAnswers(modelId, this.#output(modelId), range)
    handedOut.add(modelId, range)
    return Promise.resolve(success(null))
  }

  async #bringIn(
    record: ModelRecord,
    source: BroughtIn,
    missing: Missing,
  ): Promise<readonly RowRange[]> {
    const { modelId } = record
    for (const range of source.answers(modelId)) {
      const { start, end } = range
      const added = await this.analysis.addAnswers(modelId, this.#output(modelId), range)
      if (!added.ok) return missing.ranges
      missing.remove({ start, end })
      record.rowsDone += end - start
    }
    return missing.ranges
  }

  #rows({ modelId }: ModelRecord): number {
    return rowsToAnswer(this.request, modelId)
  }

  /** Rows that a model is not asked are 0 to the analysis, which counts on every row. */
  async #answerUnasked(modelId: string, asked: readonly RowRange[]): Promise<void> {
    const output = this.#output(modelId)
    let start = 0
    for (const range of [...asked, { start: this.request.preparation.rows, end: 0 }]) {
      const { start: end } = range
      const data = new Float64Array((end - start) * output.width)
      if (end > start) await this.analysis.addAnswers(modelId, output, { start, end, data })
      start = range.end
    }
  }

  #describe(record: ModelRecord, backend: Backend, rowsDone: number): JournalModel {
    const { dataset, preparation } = this.request
    const isFinished = record.rowsDone === this.#rows(record)
    return {
      key: answerKey(this.request, record.modelId, backend),
      modelName: this.#model(record.modelId).name,
      datasetName: dataset.name,
      rows: preparation.rows,
      bytes: Math.round((this.#rowBytes.get(record.modelId) ?? 0) * rowsDone),
      backend,
      updatedAt: Date.now(),
      timing: isFinished ? record.timing : null,
      parity: record.parity,
      batchSize: record.batchSize,
      threads: record.threads,
    }
  }

  #model(modelId: string): ModelInfo {
    const model = this.request.models.find(({ id }) => id === modelId)
    if (model === undefined) throw new Error(`unknown model ${modelId}`)
    return model
  }

  #output(modelId: string): OutputBinding {
    const binding = this.request.preparation.bindings[modelId]
    if (!binding?.ok) throw new Error(`model ${modelId} has no binding`)
    return binding.value.output
  }
}

/** The rows that no answer covers yet. */
class Missing {
  constructor(public ranges: readonly RowRange[]) {}

  covers({ start, end }: RowRange): boolean {
    return this.ranges.some((range) => range.start <= start && end <= range.end)
  }

  remove({ start, end }: RowRange): void {
    this.ranges = this.ranges.flatMap((range) => {
      if (end <= range.start || range.end <= start) return [range]
      return [
        { start: range.start, end: start },
        { start: end, end: range.end },
      ].filter((rest) => rest.start < rest.end)
    })
  }
}

/** In memory; texts as the two bytes of each UTF-16 unit. */
function byteLength(data: AnswerData): number {
  if (ArrayBuffer.isView(data)) return data.byteLength
  return data.reduce((sum, text) => sum + 2 * text.length, 0)
}

/** The first rows of a piece's answers, copied before the buffer is given away. */
export function copyRows(data: AnswerData, rows: number, width: number): AnswerData {
  return data.slice(0, rows * width)
}
