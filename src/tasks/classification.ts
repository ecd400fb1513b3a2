import { classificationEvidence } from '../comparison/classification-evidence'
import type { ClassificationEvidence, Evidence } from '../comparison/evidence'
import { pairedClassifiers } from '../comparison/paired-classifiers'
import type { PairedModels } from '../comparison/paired-metric'
import type { ModelAnswers } from '../core/exploration'
import { failed, success, type Outcome } from '../core/failure'
import type { ModelScores } from '../core/report'
import { classificationDetails } from '../metrics/classification-details'
import {
  DEFAULT_CLASSIFICATION_METRIC,
  classificationMetrics,
} from '../metrics/classification-metrics'
import { classificationShared } from '../metrics/classification-shared'
import { perClass } from '../metrics/per-class'
import { classAnswers } from './class-answers'
import { classificationAnswers } from './classification-answers'
import { mapLabels, type LabelFit } from './label-mapping'
import { mapOutputs, type OutputMapping } from './map-outputs'
import { metricInfo } from './metric-info'
import { prepareRows, type FedModel, type TaskFit } from './prepare-rows'
import { readLabels, type DataLabels } from './read-labels'
import { failureOf, type AnsweredModel, type PairedAnswers, type Task } from './task'
import { undefinedScores } from './undefined-scores'
import type { TargetColumn } from './target-column'

/** Which of several classes is a row of? */
export const classification: Task = {
  info: {
    kind: 'classification',
    label: 'Classification',
    metrics: classificationMetrics.map(metricInfo),
    defaultMetric: DEFAULT_CLASSIFICATION_METRIC,
  },
  prepare: (dataset, request) => prepareRows(dataset, request, fit),
  score,
  pair,
}

function fit(target: TargetColumn, models: readonly FedModel[]): Outcome<TaskFit> {
  const labels = readLabels(target)
  if (!labels.ok) return labels
  const outputs = new Map<string, Outcome<OutputMapping>>(
    models.map(({ model, inputs }) => [
      model.id,
      mapOutputs('classification', model, inputs, labels.value.labels.length),
    ]),
  )
  const read = models.flatMap(({ model }) => {
    const output = outputs.get(model.id)
    return output?.ok === true ? [{ model, output: output.value.binding }] : []
  })
  const { mapping, failures } = mapLabels(labels.value, read)
  for (const [id, failure] of failures) outputs.set(id, failureOf(failure))
  const classes = classesOf(labels.value, mapping)
  return success({ targets: { kind: 'classification', classes }, labels: mapping, outputs })
}

/** The true class of each row, from its label. */
function classesOf({ labels, codes }: DataLabels, { classes }: LabelFit['mapping']): Int32Array {
  const positions = new Map(classes.map((label, position) => [label, position]))
  const byCode = Int32Array.from(labels, (label) => {
    const position = positions.get(label)
    if (position === undefined) throw new Error('a label of the data is no class')
    return position
  })
  return codes.map((code) => byCode[code] as number)
}

function score(
  { modelId, rows, output, data, targets, labels }: AnsweredModel,
  keepRows: (answers: ModelAnswers) => void = () => undefined,
  keepEvidence: (evidence: Evidence) => void = () => undefined,
): Outcome<ModelScores> {
  if (targets.kind !== 'classification' || labels === null || targets.classes.length !== rows) {
    return failed('internal', 'Answers and true classes do not belong together.', 'Compare again.')
  }
  const scores = output.kind === 'binary' ? 2 : output.width
  if (output.kind !== 'label' && scores !== labels.classes.length) {
    return failed('internal', 'Scores and classes do not belong together.', 'Compare again.')
  }
  const reading = classificationAnswers(output, data, targets.classes, labels.classes)
  const source = output.kind === 'label' ? [] : [labels.source]
  const notes = [...reading.notes, ...source]
  const { answers, warnings } = reading
  if (answers === null) return success(undefinedScores(classificationMetrics, notes, warnings))
  keepRows(classAnswers(modelId, answers, reading.labels))
  const shared = classificationShared(answers)
  const metrics = Object.fromEntries(
    classificationMetrics.map(({ id, compute }) => [id, compute(answers, shared)]),
  )
  keepEvidence(classificationEvidence(answers, metrics))
  return success({
    metrics,
    perClass: perClass(shared.confusion, reading.labels),
    details: classificationDetails(answers, reading.labels, shared),
    windows: null,
    notes,
    warnings,
  })
}

function pair({ evidence, targets, seed, onProgress }: PairedAnswers): Outcome<PairedModels> {
  const models = evidence.filter(isClassification)
  if (targets.kind !== 'classification' || models.length < evidence.length) {
    return failed('internal', 'Answers and true classes do not belong together.', 'Compare again.')
  }
  return success(pairedClassifiers(targets.classes, models, { seed, onProgress }))
}

function isClassification(evidence: Evidence): evidence is ClassificationEvidence {
  return evidence.kind === 'classification'
}
