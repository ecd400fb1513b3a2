import { columnWidth, type Dataset } from '../core/dataset'
import { success, type Outcome } from '../core/failure'
import { readOutputs } from '../core/read-outputs'
import type { ModelInfo } from '../core/model'
import type { LabelMapping, ModelBinding, OutputBinding, Targets } from '../core/task'
import { alikeLabels } from './alike-labels'
import { buildBlock } from './build-block'
import { buildTextBlock } from './build-text-block'
import { elementType } from './element-type'
import { LayoutTable } from './layout-table'
import { mapInputs, type InputMapping } from './map-inputs'
import type { OutputMapping } from './map-outputs'
import { noRowsLeft } from './no-rows-left'
import type { PreparedTask, TaskRequest } from './prepared-task'
import { readsTexts } from './reads-texts'
import { resolveRoles } from './resolve-roles'
import { rowRemarks } from './row-remarks'
import { selectRows } from './select-rows'
import { targetColumn, type TargetColumn } from './target-column'
import { failureOf } from './task'
import { timeColumn } from './time-column'

/** A model whose inputs are mapped. */
export interface FedModel {
  readonly model: ModelInfo
  readonly inputs: InputMapping
}

/** A task's side of a preparation: what is asked, and where each model says it. */
export interface TaskFit {
  readonly targets: Targets
  readonly labels: LabelMapping | null
  /** By model id: the output read, or why none can be. */
  readonly outputs: ReadonlyMap<string, Outcome<OutputMapping>>
  /** Sentences on the rows. */
  readonly warnings?: readonly string[]
  /** See {@link PreparedTask.referenceId}. */
  readonly referenceId?: string
}

/** Columns (indices) that are read. */
export interface AskedColumns {
  /** Rows in which one of these or a feature is missing are dropped. */
  readonly needed: readonly number[]
  /** In the order that models read them. */
  readonly features: readonly number[]
  /** Columns of numbers that could be features, for messages. */
  readonly available: number
}

/** Reads the target and finds each model's answer; fails where the target cannot be used. */
export type FitTask = (target: TargetColumn, models: readonly FedModel[]) => Outcome<TaskFit>

/** Bytes that a text takes, about. */
const TEXT_BYTES = 16

/**
 * Fits a task that is asked row by row to a dataset and models. Rows with a missing target or feature are
 * dropped.
 */
export function prepareRows(
  dataset: Dataset,
  request: TaskRequest,
  fitTask: FitTask,
): Outcome<PreparedTask> {
  const roles = resolveRoles(dataset.info, request.roles, request.models.some(readsTexts))
  if (!roles.ok) return roles
  const { target, features, available } = roles.value
  const asked = { needed: [target], features, available }
  return prepareColumns(dataset, request, asked, (index, fed) => {
    const column = targetColumn(dataset, index, target)
    const fit = fitTask(column, fed)
    if (!fit.ok) return fit
    const { labels } = fit.value
    const alike = labels === null ? null : alikeLabels(column)
    const remarks = rowRemarks(dataset, index, target, features)
    return success({
      ...fit.value,
      labels: labels !== null && alike !== null ? { ...labels, alike } : labels,
      warnings: alike === null ? remarks : [...remarks, alike.sentence],
    })
  })
}

/**
 * The same without a target.
 * @param fitTask gets the dataset row of each used row, null where every row is used
 */
export function prepareColumns(
  dataset: Dataset,
  request: TaskRequest,
  { needed, features, available }: AskedColumns,
  fitTask: (index: Uint32Array | null, models: readonly FedModel[]) => Outcome<TaskFit>,
): Outcome<PreparedTask> {
  const selected = selectRows(dataset, [...needed, ...features], request.rows)
  if (!selected.ok) return selected
  const selection = selected.value
  if (selection.rows === 0) return noRowsLeft(dataset.info, selection)

  const columns = features.flatMap((feature) => dataset.info.columns[feature] ?? [])
  const mappings = new Map<string, Outcome<InputMapping>>(
    request.models.map((model) => [model.id, mapInputs(model, columns, available)]),
  )
  const fed = request.models.flatMap((model): FedModel[] => {
    const mapping = mappings.get(model.id)
    return mapping?.ok === true ? [{ model, inputs: mapping.value }] : []
  })
  const fit = fitTask(selection.index, fed)
  if (!fit.ok) return fit

  const layouts = new LayoutTable(dataset, selection.index)
  const warnings: string[] = [...(fit.value.warnings ?? [])]
  const bindings = request.models.map((model): [string, Outcome<ModelBinding>] => [
    model.id,
    bind(model, mappings.get(model.id), fit.value, { layouts, warnings }),
  ])
  const { rows, index, droppedRows, droppedBy, chosen } = selection
  return success({
    rows,
    droppedRows,
    droppedBy,
    chosen,
    index,
    targets: fit.value.targets,
    labels: fit.value.labels,
    layouts: layouts.layouts,
    bindings: Object.fromEntries(bindings),
    warnings,
    timeColumn: request.kind === 'regression' ? timeColumn(dataset, index) : null,
    pieces: null,
    policy: null,
    ...(fit.value.referenceId === undefined ? {} : { referenceId: fit.value.referenceId }),
    block: (layout, start, end, isShared) => {
      const columns = layouts.columns[layout]
      const type = layouts.layouts[layout]?.type
      if (columns === undefined || type === undefined || !isRange(start, end, rows)) return null
      const data =
        type === 'string'
          ? buildTextBlock(dataset, { index, columns, start, end })
          : buildBlock(dataset, { index, columns, type, start, end, isShared })
      return { start, rows: end - start, data }
    },
  })
}

function isRange(start: number, end: number, rows: number): boolean {
  const isWhole = Number.isInteger(start) && Number.isInteger(end)
  return isWhole && start >= 0 && start < end && end <= rows
}

function bind(
  model: ModelInfo,
  mapping: Outcome<InputMapping> | undefined,
  fit: TaskFit,
  found: { readonly layouts: LayoutTable; readonly warnings: string[] },
): Outcome<ModelBinding> {
  const output = fit.outputs.get(model.id)
  if (mapping?.ok === false) return failureOf(mapping.failure)
  if (output?.ok === false) return failureOf(output.failure)
  if (mapping === undefined || output === undefined) throw new Error('a model was not fitted')
  const inputs = found.layouts.bind(model, mapping.value)
  if (!inputs.ok) return inputs
  found.warnings.push(...output.value.warnings)
  return success({
    inputs: inputs.value,
    output: output.value.binding,
    fixedBatch: mapping.value.fixedBatch,
    rowBytes: inputBytes(mapping.value) + outputBytes(model, output.value.binding),
  })
}

function inputBytes({ inputs }: InputMapping): number {
  return inputs.reduce(
    (sum, { columns, type }) =>
      sum +
      columns.reduce((width, column) => width + columnWidth(column), 0) *
        (elementType(type)?.bytes ?? TEXT_BYTES),
    0,
  )
}

function outputBytes(model: ModelInfo, binding: OutputBinding): number {
  return readOutputs(binding).reduce((sum, { output, width }) => {
    const type = model.outputs.find(({ name }) => name === output)?.type
    const bytes = type === undefined ? null : elementType(type)?.bytes
    return sum + width * (bytes ?? TEXT_BYTES)
  }, 0)
}
