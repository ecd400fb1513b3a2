import type { Dataset, Roles } from '../core/dataset'
import { success, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type {
  InputLayout,
  LabelMapping,
  ModelBinding,
  OutputBinding,
  Targets,
  TaskKind,
} from '../core/task'
import { elementType } from './element-type'
import { LayoutTable } from './layout-table'
import { mapInputs, type InputMapping } from './map-inputs'
import { noRowsLeft } from './no-rows-left'
import { resolveRoles } from './resolve-roles'
import { selectRows, type RowSelection } from './select-rows'
import { targetColumn } from './target-column'
import { failureOf, type FedModel, type TaskFit } from './task'
import { taskOf } from './task-registry'

export interface TaskRequest {
  readonly kind: TaskKind
  readonly roles: Roles
  readonly models: readonly ModelInfo[]
}

/** A task fitted to a dataset and to each model. */
export interface PreparedTask {
  readonly selection: RowSelection
  readonly targets: Targets
  readonly labels: LabelMapping | null
  readonly layouts: readonly InputLayout[]
  /** By layout: its columns as indices into the dataset. */
  readonly layoutColumns: readonly (readonly number[])[]
  /** By model id. A model that cannot be fed or read fails alone. */
  readonly bindings: Readonly<Record<string, Outcome<ModelBinding>>>
  readonly warnings: readonly string[]
}

/** Bytes that a text label takes in an answer, about. */
const TEXT_BYTES = 16

/** Fits a task to a dataset and models. Rows with a missing target or feature are dropped. */
export function prepareTask(dataset: Dataset, request: TaskRequest): Outcome<PreparedTask> {
  const roles = resolveRoles(dataset.info, request.roles)
  if (!roles.ok) return roles
  const { target, features, available } = roles.value
  const selection = selectRows(dataset, [target, ...features])
  if (selection.rows === 0) return noRowsLeft(dataset.info, selection)

  const columns = features.flatMap((feature) => dataset.info.columns[feature] ?? [])
  const mappings = new Map<string, Outcome<InputMapping>>(
    request.models.map((model) => [model.id, mapInputs(model, columns, available)]),
  )
  const fed = request.models.flatMap((model): FedModel[] => {
    const mapping = mappings.get(model.id)
    return mapping?.ok === true ? [{ model, inputs: mapping.value }] : []
  })
  const fit = taskOf(request.kind).fit(targetColumn(dataset, selection.index, target), fed)
  if (!fit.ok) return fit

  const layouts = new LayoutTable(dataset, selection.index)
  const warnings: string[] = []
  const bindings = request.models.map((model): [string, Outcome<ModelBinding>] => [
    model.id,
    bind(model, mappings.get(model.id), fit.value, { layouts, warnings }),
  ])
  return success({
    selection,
    targets: fit.value.targets,
    labels: fit.value.labels,
    layouts: layouts.layouts,
    layoutColumns: layouts.columns,
    bindings: Object.fromEntries(bindings),
    warnings,
  })
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
    (sum, input) => sum + input.columns.length * (elementType(input.type)?.bytes ?? 0),
    0,
  )
}

function outputBytes(model: ModelInfo, output: OutputBinding): number {
  const type = model.outputs.find(({ name }) => name === output.output)?.type
  const bytes = type === undefined ? null : elementType(type)?.bytes
  return output.width * (bytes ?? TEXT_BYTES)
}
