import { transfer } from 'comlink'
import { compareModels } from '../../src/comparison/compare-models'
import { compareSpeed } from '../../src/comparison/compare-speed'
import type { Evidence } from '../../src/comparison/evidence'
import { pairingHash } from '../../src/comparison/pairing-hash'
import type { AnalysisApi, AnalysisRequest } from '../../src/contract/analysis'
import type { AnswerData } from '../../src/contract/evaluator'
import { answerBuffers } from '../../src/core/answer-buffers'
import {
  FEWEST_TRADES,
  type ComparedModels,
  type CompareRequest,
  type PolicyLuck,
} from '../../src/core/comparison'
import type { ModelAnswers } from '../../src/core/exploration'
import { failed, success, type Outcome } from '../../src/core/failure'
import { formatQuantity } from '../../src/core/format'
import type { ModelScores } from '../../src/core/report'
import type { SpeedEvidence, SpeedFigures } from '../../src/core/speed'
import type { OutputBinding, Targets } from '../../src/core/task'
import type { AnsweredModel } from '../../src/tasks/task'
import { taskOf } from '../../src/tasks/task-registry'
import { outcomeOf } from '../outcome-of'
import { AnswerStore } from './answer-store'
import { EvidenceStore } from './evidence-store'
import { RowAnswerStore } from './row-answer-store'

/** Collects each model's answers, makes metrics of them once they are complete, and compares models. */
export class Analysis implements AnalysisApi {
  readonly #answers = new Map<string, AnswerStore>()
  readonly #evidence = new EvidenceStore()
  readonly #rowAnswers = new RowAnswerStore()
  #request: AnalysisRequest | null = null
  /** Answers that the others are held against: the reference of a parity check. */
  #reference: AnswerStore | null = null

  /** Forgets the answers of the run before. */
  begin(request: AnalysisRequest): Promise<void> {
    this.#answers.clear()
    this.#evidence.clear()
    this.#rowAnswers.clear()
    this.#reference = null
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

  /** The answers are given up, as they may be large; those of a reference when models are compared. */
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
      if (targets.kind === 'parity' && targets.referenceId === modelId) this.#reference = store
      return taskOf(kind).score(
        { modelId, rows, output, data, targets, labels, ...referenceOf(this.#reference) },
        (answers) => {
          this.#rowAnswers.add(answers)
        },
        (evidence) => {
          this.#evidence.add(modelId, evidence)
        },
      )
    })
  }

  compareSpeed(evidence: SpeedEvidence): Promise<Outcome<SpeedFigures>> {
    return outcomeOf('The analysis', () => success(compareSpeed(evidence)))
  }

  rowAnswers(modelIds: readonly string[]): Promise<Outcome<readonly ModelAnswers[]>> {
    return outcomeOf('Keeping the rows', () => {
      const answers = this.#rowAnswers.take(modelIds)
      return transfer(success(answers), answerBuffers(answers))
    })
  }

  compare(
    request: CompareRequest,
    onProgress: (share: number) => void,
  ): Promise<Outcome<ComparedModels>> {
    return outcomeOf('The comparison', () => {
      if (this.#request === null) return notBegun()
      const { kind, targets } = this.#request
      const { refused } = this.#evidence
      const kept = request.modelIds.flatMap((modelId) => {
        const evidence = this.#evidence.get(modelId)
        return evidence === null ? [] : [{ modelId, evidence }]
      })
      this.#evidence.clear()
      const { seed, isTimeOrdered, trials, metrics } = request
      const directions = new Map(metrics.map(({ id, direction }) => [id, direction]))
      const id = request.primaryMetric
      const primaryMetric = { id, direction: directions.get(id) ?? 'higher' }
      const evidence = kept.map((model) => model.evidence)
      const paired = taskOf(kind).pair({
        ...{ evidence, targets, isTimeOrdered, seed, trials, primaryMetric, onProgress },
      })
      if (!paired.ok) return paired
      const baselineId = baselineOf(kept, request, targets)
      const { notes, ...compared } = compareModels(kept.map(contestant), paired.value, {
        baselineId,
        primaryMetric: id,
        directions,
      })
      const pairing = {
        rows: paired.value.rows,
        sha256: pairingHash(targets, this.#reference?.data),
      }
      this.#reference = null
      return success({
        ...compared,
        ...{ seed, baselineId, pairing },
        luck: luckById(kept, paired.value.luck),
        notes: refused === 0 ? notes : [...notes, tooLarge(refused)],
      })
    })
  }
}

interface KeptModel {
  readonly modelId: string
  readonly evidence: Evidence
}

function contestant({ modelId, evidence }: KeptModel) {
  const isThin = evidence.kind === 'policy' && (evidence.metrics['trades'] ?? 0) < FEWEST_TRADES
  return { modelId, metrics: evidence.metrics, isThin }
}

function referenceOf(store: AnswerStore | null): Pick<AnsweredModel, 'reference'> {
  return store === null ? {} : { reference: { parts: store.output.parts ?? [], data: store.data } }
}

/** Ids in place of places. */
function luckById(
  kept: readonly KeptModel[],
  luck: PolicyLuck<number> | undefined,
): PolicyLuck<string> | null {
  if (luck === undefined) return null
  const idOf = (place: number) => kept[place]?.modelId ?? ''
  const { policies, windows } = luck
  return {
    ...luck,
    policies: policies.map(({ model, ...rest }) => ({ model: idOf(model), ...rest })),
    windows: windows && {
      ...windows,
      averageRanks: windows.averageRanks.map(({ model, rank }) => ({ model: idOf(model), rank })),
    },
  }
}

/** The model asked for; where it has no figures the first that has some. */
function baselineOf(
  kept: readonly KeptModel[],
  { baselineId }: CompareRequest,
  targets: Targets,
): string | null {
  if (targets.kind === 'parity') return targets.referenceId
  if (kept.length < 2) return null
  const asked = kept.find(({ modelId }) => modelId === baselineId)
  return (asked ?? kept[0])?.modelId ?? null
}

function tooLarge(models: number): string {
  return `The answers of ${formatQuantity(models, 'model')} take too much memory to be kept for all intervals and comparisons.`
}

function notBegun(): Outcome<never> {
  return failed('worker-failed', 'The answers are no longer in memory.', 'Compare again.')
}
