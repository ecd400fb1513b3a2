import { transfer } from 'comlink'
import type { AnalysisApi, AnalysisRequest } from '../../src/contract/analysis'
import type { AnswerData } from '../../src/contract/evaluator'
import { answerBuffers } from '../../src/core/answer-buffers'
import type { ModelAnswers } from '../../src/core/exploration'
import { failed, success, type Outcome } from '../../src/core/failure'
import type { ModelScores } from '../../src/core/report'
import type { OutputBinding } from '../../src/core/task'
import { taskOf } from '../../src/tasks/task-registry'
import { outcomeOf } from '../outcome-of'
import { AnswerStore } from './answer-store'
import { RowAnswerStore } from './row-answer-store'

/** Collects each model's answers and makes metrics of them once they are complete. */
export class Analysis implements AnalysisApi {
  readonly #answers = new Map<string, AnswerStore>()
  readonly #rowAnswers = new RowAnswerStore()
  #request: AnalysisRequest | null = null

  /** Forgets the answers of the run before. */
  begin(request: AnalysisRequest): Promise<void> {
    this.#answers.clear()
    this.#rowAnswers.clear()
    this.#request = request
    return Promise.resolve()
  }

  addAnswers(
    modelId: string,
    output: OutputBinding,
    start: number,
    end: number,
    data: AnswerData,
  ): Promise<Outcome<null>> {
    return outcomeOf('Collecting the answers', () => {
      if (this.#request === null) return notBegun()
      let store = this.#answers.get(modelId)
      if (store === undefined) {
        const created = AnswerStore.create(output, this.#request.rows, data)
        if (!created.ok) return created
        store = created.value
        this.#answers.set(modelId, store)
      }
      return store.add(output, start, end, data)
    })
  }

  /** The answers are given up: they are not needed again, and may be large. */
  score(modelId: string): Promise<Outcome<ModelScores>> {
    return outcomeOf('The analysis', () => {
      if (this.#request === null) return notBegun()
      const store = this.#answers.get(modelId)
      const missing = store?.missing ?? this.#request.rows
      if (store === undefined || missing > 0) {
        return failed(
          'internal',
          `A model was to be scored before all of its rows were answered (${String(missing)} missing).`,
          'Compare again.',
        )
      }
      this.#answers.delete(modelId)
      const { kind, rows, targets, labels } = this.#request
      const { output, data } = store
      return taskOf(kind).score({ modelId, rows, output, data, targets, labels }, (answers) => {
        this.#rowAnswers.add(answers)
      })
    })
  }

  rowAnswers(modelIds: readonly string[]): Promise<Outcome<readonly ModelAnswers[]>> {
    return outcomeOf('Keeping the rows', () => {
      const answers = this.#rowAnswers.take(modelIds)
      return transfer(success(answers), answerBuffers(answers))
    })
  }
}

function notBegun(): Outcome<never> {
  return failed('worker-failed', 'The answers are no longer in memory.', 'Compare again.')
}
