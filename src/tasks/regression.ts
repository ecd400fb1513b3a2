import type { Evidence, RegressionEvidence } from '../comparison/evidence'
import type { PairedModels } from '../comparison/paired-metric'
import { pairedRegressors } from '../comparison/paired-regressors'
import { regressionEvidence } from '../comparison/regression-evidence'
import type { ModelAnswers } from '../core/exploration'
import { failed, success, type Outcome } from '../core/failure'
import type { ModelScores } from '../core/report'
import { regressionDetails } from '../metrics/regression-details'
import { DEFAULT_REGRESSION_METRIC, regressionMetrics } from '../metrics/regression-metrics'
import { mapOutputs } from './map-outputs'
import { metricInfo } from './metric-info'
import { prepareRows, type FedModel, type TaskFit } from './prepare-rows'
import { readValues } from './read-values'
import { regressionAnswers } from './regression-answers'
import type { AnsweredModel, PairedAnswers, Task } from './task'
import { undefinedScores } from './undefined-scores'
import type { TargetColumn } from './target-column'

/** Which number belongs to a row? */
export const regression: Task = {
  info: {
    kind: 'regression',
    label: 'Regression',
    metrics: regressionMetrics.map(metricInfo),
    defaultMetric: DEFAULT_REGRESSION_METRIC,
  },
  prepare: (dataset, request) => prepareRows(dataset, request, fit),
  score,
  pair,
}

function fit(target: TargetColumn, models: readonly FedModel[]): Outcome<TaskFit> {
  const values = readValues(target)
  if (!values.ok) return values
  return success({
    targets: { kind: 'regression', values: values.value },
    labels: null,
    outputs: new Map(
      models.map(({ model, inputs }) => [model.id, mapOutputs('regression', model, inputs, 0)]),
    ),
  })
}

function score(
  { modelId, rows, data, targets }: AnsweredModel,
  keepRows: (answers: ModelAnswers) => void = () => undefined,
  keepEvidence: (evidence: Evidence) => void = () => undefined,
): Outcome<ModelScores> {
  if (targets.kind !== 'regression' || targets.values.length !== rows || !isNumeric(data)) {
    return failed('internal', 'Answers and true values do not belong together.', 'Compare again.')
  }
  const { answers, warnings } = regressionAnswers(data, targets.values)
  if (answers === null) return success(undefinedScores(regressionMetrics, [], warnings))
  keepRows({ kind: 'regression', modelId, predicted: answers.predicted })
  const metrics = Object.fromEntries(
    regressionMetrics.map(({ id, compute }) => [id, compute(answers)]),
  )
  keepEvidence(regressionEvidence(answers, metrics))
  return success({
    metrics,
    perClass: null,
    details: regressionDetails(answers),
    windows: null,
    notes: [],
    warnings,
  })
}

function isNumeric(data: AnsweredModel['data']): data is Float32Array | Float64Array {
  return ArrayBuffer.isView(data)
}

function pair(answers: PairedAnswers): Outcome<PairedModels> {
  const { evidence, targets, isTimeOrdered, seed, onProgress } = answers
  const models = evidence.filter(isRegression)
  if (targets.kind !== 'regression' || models.length < evidence.length) {
    return failed('internal', 'Answers and true values do not belong together.', 'Compare again.')
  }
  return success(pairedRegressors(targets.values, models, isTimeOrdered, { seed, onProgress }))
}

function isRegression(evidence: Evidence): evidence is RegressionEvidence {
  return evidence.kind === 'regression'
}
