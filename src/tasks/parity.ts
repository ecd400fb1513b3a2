import type { Evidence, ParityEvidence } from '../comparison/evidence'
import type { PairedModels } from '../comparison/paired-metric'
import { pairedParity } from '../comparison/paired-parity'
import { parityEvidence } from '../comparison/parity-evidence'
import type { Dataset } from '../core/dataset'
import type { ModelAnswers } from '../core/exploration'
import { failed, success, type Outcome } from '../core/failure'
import { formatQuantity } from '../core/format'
import type { ModelScores, ParityDetails } from '../core/report'
import { numberName } from '../core/number-name'
import { DEFAULT_TOLERANCE } from '../core/tolerance'
import type { ParityTargets } from '../core/task'
import { DEFAULT_PARITY_METRIC, parityMetrics } from '../metrics/parity-metrics'
import { parityDetails } from '../metrics/parity-details'
import { rowDifferences } from '../metrics/row-differences'
import { metricInfo } from './metric-info'
import { fitToModel, fitToRecorded } from './parity/fit-parity'
import { pairAnswers, type PairedAnswers as Paired } from './parity/pair-answers'
import { parityNotes } from './parity/parity-notes'
import { parityRows } from './parity/parity-rows'
import { recordedAnswers } from './parity/recorded-answers'
import { resolveParityRoles } from './parity/resolve-parity-roles'
import { prepareColumns } from './prepare-rows'
import type { PreparedTask, TaskRequest } from './prepared-task'
import { readsTexts } from './reads-texts'
import type { AnsweredModel, PairedAnswers, Task } from './task'

/** Does a model still answer what another one answers, or what was recorded? */
export const parity: Task = {
  info: {
    kind: 'parity',
    label: 'Parity',
    metrics: parityMetrics.map(metricInfo),
    defaultMetric: DEFAULT_PARITY_METRIC,
  },
  prepare,
  score,
  pair,
}

function prepare(dataset: Dataset, request: TaskRequest): Outcome<PreparedTask> {
  const roles = resolveParityRoles(dataset.info, request.roles, request.models.some(readsTexts))
  if (!roles.ok) return roles
  const { reference, features, available } = roles.value
  const { baselineId = null, tolerance = DEFAULT_TOLERANCE } = request.parity ?? {}
  // A NaN within a recorded array is an answer; a row without a recorded number has none.
  const needed = reference.filter((place) => dataset.info.columns[place]?.type !== 'tensor')
  const asked = { needed, features, available }
  return prepareColumns(dataset, request, asked, (index, fed) => {
    const rows = index?.length ?? dataset.info.rows
    const question = { models: request.models, fed, rows, index, tolerance }
    if (reference.length === 0) return fitToModel(question, baselineId)
    const recorded = recordedAnswers(dataset, index, reference)
    return recorded.ok ? success(fitToRecorded(question, recorded.value)) : recorded
  })
}

function score(
  answered: AnsweredModel,
  keepRows: (answers: ModelAnswers) => void = () => undefined,
  keepEvidence: (evidence: Evidence) => void = () => undefined,
): Outcome<ModelScores> {
  const { modelId, rows, targets, output } = answered
  const paired = targets.kind === 'parity' ? pairWithReference(answered, targets) : null
  if (targets.kind !== 'parity' || paired === null) {
    return failed(
      'internal',
      'Answers and what they are compared with do not belong together.',
      'Compare again.',
    )
  }
  const metrics = Object.fromEntries(parityMetrics.map(({ id, compute }) => [id, compute(paired)]))
  const against = againstOf(answered, targets)
  keepEvidence(parityEvidence(paired, metrics, against === 'itself'))
  const differences = rowDifferences(paired)
  // The reference stands beside the others as what they are held against, not as one of them.
  if (against !== 'itself') keepRows(parityRows(modelId, paired, differences))
  const { className, columnName } = names(paired)
  const details = parityDetails({
    ...{ answers: paired, differences, className, columnName },
    tableRow: (row) => (targets.index === null ? row : (targets.index[row] ?? row)) + 1,
  })
  const unsized = differences.largest.reduce((sum, size) => sum + (size === Infinity ? 1 : 0), 0)
  return success({
    metrics,
    perClass: null,
    details: { parity: { ...details, against, outputs: output.parts ?? [] } },
    windows: null,
    notes: parityNotes(paired, answered, against),
    warnings: unsized === 0 ? [] : [unsizedWarning(unsized, rows)],
  })
}

function againstOf({ modelId }: AnsweredModel, targets: ParityTargets): ParityDetails['against'] {
  if (targets.recorded !== null) return 'recorded'
  return targets.referenceId === modelId ? 'itself' : 'baseline'
}

function pairWithReference(
  { modelId, rows, output, data, reference }: AnsweredModel,
  { recorded, referenceId, tolerance }: ParityTargets,
): Paired | null {
  const own = { parts: output.parts ?? [], data }
  const other = modelId === referenceId ? own : (recorded ?? reference ?? null)
  return other === null ? null : pairAnswers(rows, own, other, tolerance)
}

function names({ classNames, outputs }: Paired) {
  return {
    className: (place: number) => (place < 0 ? 'NaN' : (classNames?.[place] ?? String(place))),
    columnName: (column: number) => numberName(outputs, column),
  }
}

function unsizedWarning(unsized: number, rows: number): string {
  return `${formatQuantity(unsized, 'row')} of ${formatQuantity(rows, 'row')} ${unsized === 1 ? 'has' : 'have'} NaN or infinity where the reference has a number, or the other way round: differences have no size, and these rows count as disagreeing.`
}

function pair({ evidence, targets, seed, onProgress }: PairedAnswers): Outcome<PairedModels> {
  const models = evidence.filter(isParity)
  if (targets.kind !== 'parity' || models.length < evidence.length) {
    return failed('internal', 'Answers and references do not belong together.', 'Compare again.')
  }
  return success(pairedParity(models, { seed, onProgress }))
}

function isParity(evidence: Evidence): evidence is ParityEvidence {
  return evidence.kind === 'parity'
}
