import type { Failure } from '../core/failure'
import { formatQuantity } from '../core/format'
import { askedRows } from './asked-rows'
import type { AnswerRange, BroughtIn } from './answer-exchange'
import type { PartBody } from './part-body'

/** The answers of all parts of a comparison. */
export class BroughtAnswers implements BroughtIn {
  constructor(private readonly bodies: readonly PartBody[]) {}

  answers(modelId: string): readonly AnswerRange[] {
    return this.bodies
      .flatMap(({ answers }) => answers[modelId] ?? [])
      .toSorted((a, b) => a.start - b.start)
  }

  failure(modelId: string): Failure | null {
    for (const { runs } of this.bodies) {
      const run = runs.find((one) => one.modelId === modelId)
      if (run?.failure != null) return run.failure
    }
    const [first] = this.bodies
    if (first === undefined) return null
    const missing = askedRows(first.preparation, modelId) - this.#rows(modelId)
    if (missing <= 0) return null
    const name = first.models.find(({ id }) => id === modelId)?.name ?? modelId
    return {
      code: 'run-failed',
      message: `${name} has not answered ${formatQuantity(missing, 'row')} in any of the parts.`,
      advice: 'Run the share that was stopped again, and merge anew.',
    }
  }

  #rows(modelId: string): number {
    return this.answers(modelId).reduce((sum, { start, end }) => sum + end - start, 0)
  }
}
