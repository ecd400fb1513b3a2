import type { AnswerRange, HandedOut } from './answer-exchange'
import type { RowRange } from './journal'

/** The answers of a share while its run goes on. */
export class CollectedAnswers implements HandedOut {
  readonly byModel = new Map<string, AnswerRange[]>()

  constructor(private readonly shares: ReadonlyMap<string, readonly RowRange[]>) {}

  ranges(modelId: string): readonly RowRange[] {
    return this.shares.get(modelId) ?? []
  }

  add(modelId: string, { start, end, data }: AnswerRange): void {
    const ranges = this.byModel.get(modelId) ?? []
    ranges.push({ start, end, data })
    this.byModel.set(modelId, ranges)
  }

  /** Answers so far, of all models together. */
  get count(): number {
    const ranges = [...this.byModel.values()].flat()
    return ranges.reduce((sum, { start, end }) => sum + end - start, 0)
  }
}
