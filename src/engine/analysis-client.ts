import { proxy, transfer } from 'comlink'
import type { AnalysisApi, AnalysisRequest } from '../contract/analysis'
import type { AnswerData } from '../contract/evaluator'
import type { ComparedModels, CompareRequest } from '../core/comparison'
import type { ModelAnswers } from '../core/exploration'
import { success, type Outcome } from '../core/failure'
import type { ModelScores } from '../core/report'
import type { SpeedEvidence, SpeedFigures } from '../core/speed'
import type { OutputBinding } from '../core/task'
import { spawnAnalysis } from './spawn'
import { SupervisedWorker } from './supervised-worker'

const STEP_MS = 30_000
/** All metrics and curves of one model, over up to tens of millions of rows. */
const SCORE_MS = 300_000
/** Between two signs of life: a hundredth of the resamples, or all tests of pairs. */
const COMPARE_MS = 300_000

/** The page's side of the analysis worker; one per run. */
export class AnalysisClient {
  readonly #worker = new SupervisedWorker<AnalysisApi>(spawnAnalysis, 'The analysis')

  begin(request: AnalysisRequest): Promise<Outcome<null>> {
    return this.#worker.call('The analysis', STEP_MS, async (api) => {
      await api.begin(request)
      return success(null)
    })
  }

  /** Gives the answer's numbers away: they are not readable here afterwards. */
  addAnswers(
    modelId: string,
    output: OutputBinding,
    {
      start,
      end,
      data,
    }: { readonly start: number; readonly end: number; readonly data: AnswerData },
  ): Promise<Outcome<null>> {
    return this.#worker.call('The analysis', STEP_MS, (api) =>
      api.addAnswers(
        modelId,
        output,
        start,
        end,
        ArrayBuffer.isView(data) ? transfer(data, [data.buffer]) : data,
      ),
    )
  }

  score(modelId: string): Promise<Outcome<ModelScores>> {
    return this.#worker.call('The analysis', SCORE_MS, (api) => api.score(modelId))
  }

  compareSpeed(evidence: SpeedEvidence): Promise<Outcome<SpeedFigures>> {
    return this.#worker.call('The analysis', STEP_MS, (api) => api.compareSpeed(evidence))
  }

  compare(
    request: CompareRequest,
    onProgress: (share: number) => void,
  ): Promise<Outcome<ComparedModels>> {
    const told = proxy((share: number) => {
      this.#worker.touch()
      onProgress(share)
    })
    return this.#worker.call('The comparison', COMPARE_MS, (api) => api.compare(request, told))
  }

  /** They are gone from the analysis afterwards. */
  rowAnswers(modelIds: readonly string[]): Promise<Outcome<readonly ModelAnswers[]>> {
    return this.#worker.call('The analysis', STEP_MS, (api) => api.rowAnswers(modelIds))
  }

  close(): void {
    this.#worker.close()
  }
}
