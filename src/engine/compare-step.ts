import type { ComparedModels } from '../core/comparison'
import type { RunEvent } from '../core/evaluation'
import { formatQuantity } from '../core/format'
import { failed, type Outcome } from '../core/failure'
import type { AnalysisClient } from './analysis-client'
import type { RunLog } from './run-log'
import type { RunModels } from './run-models'
import type { RunRequest } from './run-request'

/** What the models' own figures are shown with where the run was stopped before this step had ended. */
export const STOPPED: Outcome<never> = failed(
  'cancelled',
  'Stopped before the models were compared.',
  'Compare again when you are ready.',
)

/**
 * Compares the models that have figures, once all have ended. Whatever comes of it, their own figures
 * stand. Null where there is none with figures.
 */
export async function compareStep(
  request: RunRequest,
  models: RunModels,
  analysis: AnalysisClient,
  log: RunLog,
  onEvent: (event: RunEvent) => void,
): Promise<Outcome<ComparedModels> | null> {
  const modelIds = models.records
    .filter(({ status }) => status === 'ok')
    .map(({ modelId }) => modelId)
  // A share has a part of the rows: the merge compares.
  if (modelIds.length === 0 || request.handedOut !== undefined) return null
  const { metric, preparation, comparison } = request
  const { metrics, baselineId, seed } = comparison
  if (modelIds.length > 1) log.say(`Comparing ${formatQuantity(modelIds.length, 'model')}…`)
  const compared = await analysis.compare(
    {
      modelIds,
      trials: models.records.length,
      baselineId,
      primaryMetric: metric.id,
      metrics: metrics.map(({ id, direction }) => ({ id, direction })),
      isTimeOrdered: preparation.timeColumn !== null,
      seed,
    },
    (share) => {
      onEvent({ type: 'comparing', share })
    },
  )
  if (compared.ok) for (const note of compared.value.notes) log.say(note)
  else if (compared.failure.code !== 'cancelled') log.fault(compared.failure)
  return compared
}
