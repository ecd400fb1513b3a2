import type { KeptRows } from '../core/exploration'
import type { Outcome } from '../core/failure'
import type { AnalysisClient } from './analysis-client'
import type { RunModels } from './run-models'
import type { RunRequest } from './run-request'

/**
 * Hands what the models said of every row from the analysis, which ends with the run, to the reader,
 * which has the rows. Null where there is nothing to look at. A failure costs no figure.
 */
export async function keepRowsStep(
  { kind, reader, handedOut, broughtIn }: RunRequest,
  models: RunModels,
  analysis: AnalysisClient,
): Promise<Outcome<KeptRows> | null> {
  const modelIds = models.records
    .filter(({ status }) => status === 'ok')
    .map(({ modelId }) => modelId)
  // A share has but a part of the rows, and a merge has the answers without the rows.
  if (handedOut !== undefined || broughtIn !== undefined) return null
  if (kind === 'policy' || modelIds.length === 0) return null
  const answers = await analysis.rowAnswers(modelIds)
  return answers.ok ? reader.keepRows(answers.value) : answers
}
