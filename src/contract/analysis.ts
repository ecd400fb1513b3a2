import type { ComparedModels, CompareRequest } from '../core/comparison'
import type { ModelAnswers } from '../core/exploration'
import type { Outcome } from '../core/failure'
import type { ModelScores } from '../core/report'
import type { SpeedEvidence, SpeedFigures } from '../core/speed'
import type { LabelMapping, OutputBinding, Targets, TaskKind } from '../core/task'
import type { AnswerData } from './evaluator'

export interface AnalysisRequest {
  readonly kind: TaskKind
  readonly rows: number
  readonly targets: Targets
  readonly labels: LabelMapping | null
}

/** `workers/analysis.worker.ts`: answers become metrics. */
export interface AnalysisApi {
  begin(request: AnalysisRequest): Promise<void>
  /** Takes ownership of `data`. Rows may come in any order, each once. */
  addAnswers(
    modelId: string,
    output: OutputBinding,
    start: number,
    end: number,
    data: AnswerData,
  ): Promise<Outcome<null>>
  /** Call when every row of the model has been added. */
  score(modelId: string): Promise<Outcome<ModelScores>>
  /** Needs nothing else to have been called. */
  compareSpeed(evidence: SpeedEvidence): Promise<Outcome<SpeedFigures>>
  /**
   * Intervals of all scored models, and every candidate against the baseline. Call once all models
   * have ended; what was kept of their answers is given up.
   * @param onProgress gets the share that is done, often enough to be a sign of life
   */
  compare(
    request: CompareRequest,
    onProgress: (share: number) => void,
  ): Promise<Outcome<ComparedModels>>
  /**
   * What the scored models said of every row, handed over: it is not here any more afterwards. Models
   * of which nothing could be kept are left out.
   */
  rowAnswers(modelIds: readonly string[]): Promise<Outcome<readonly ModelAnswers[]>>
}
