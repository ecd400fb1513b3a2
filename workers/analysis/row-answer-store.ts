import { answerBuffers } from '../../src/core/answer-buffers'
import type { ModelAnswers } from '../../src/core/exploration'

/** Bytes kept of all models' answers together: they stay in the tab as long as their result. */
const ROW_ANSWERS_CAP = 2 ** 29

/** What scored models said of every row, until it is handed over. */
export class RowAnswerStore {
  readonly #answers = new Map<string, ModelAnswers>()
  #bytes = 0

  clear(): void {
    this.#answers.clear()
    this.#bytes = 0
  }

  /** Nothing is kept of a model for which there is no room left. */
  add(answers: ModelAnswers): void {
    const bytes = answerBuffers([answers]).reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (this.#bytes + bytes > ROW_ANSWERS_CAP) return
    this.#answers.set(answers.modelId, answers)
    this.#bytes += bytes
  }

  /** In the order asked for; nothing is left here. */
  take(modelIds: readonly string[]): readonly ModelAnswers[] {
    const answers = modelIds.flatMap((modelId) => this.#answers.get(modelId) ?? [])
    this.clear()
    return answers
  }
}
