import { transfer } from 'comlink'
import type {
  InputBlock,
  Preparation,
  PrepareRequest,
  Proposal,
  ReaderApi,
  ReadProgress,
} from '../../src/contract/reader'
import type { Dataset, DatasetInfo } from '../../src/core/dataset'
import { quoted } from '../../src/core/display-text'
import { failed, success, type Outcome } from '../../src/core/failure'
import type { ModelInfo } from '../../src/core/model'
import type { Targets, TaskInfo } from '../../src/core/task'
import { readDataset } from '../../src/data/read-dataset'
import { readModel } from '../../src/models/read-model'
import { buildBlock } from '../../src/tasks/build-block'
import { prepareTask, type PreparedTask } from '../../src/tasks/prepare-task'
import { proposeTask } from '../../src/tasks/propose-task'
import { allTasks } from '../../src/tasks/task-registry'
import { outcomeOf } from '../outcome-of'

interface Fit {
  readonly datasetId: string
  readonly dataset: Dataset
  readonly task: PreparedTask
}

/** Holds the datasets, and the one task that is fitted to one of them. */
export class Reader implements ReaderApi {
  readonly #datasets = new Map<string, Dataset>()
  #fit: Fit | null = null

  /** @param isIsolated whether blocks can lie in shared memory */
  constructor(private readonly isIsolated: boolean) {}

  tasks(): Promise<readonly TaskInfo[]> {
    return Promise.resolve(allTasks().map(({ info }) => info))
  }

  readModel(file: File, id: string): Promise<Outcome<ModelInfo>> {
    return outcomeOf(`Reading ${quoted(file.name)}`, async () => {
      const header = await readModel(file)
      return header.ok ? success({ id, ...header.value }) : header
    })
  }

  readDataset(file: File, id: string, onProgress: ReadProgress): Promise<Outcome<DatasetInfo>> {
    return outcomeOf(`Reading ${quoted(file.name)}`, async () => {
      const dataset = await readDataset(file, id, onProgress)
      if (!dataset.ok) return dataset
      this.#datasets.set(id, dataset.value)
      return success(dataset.value.info)
    })
  }

  dropDataset(id: string): Promise<void> {
    this.#datasets.delete(id)
    if (this.#fit?.datasetId === id) this.#fit = null
    return Promise.resolve()
  }

  propose(datasetId: string, models: readonly ModelInfo[]): Promise<Outcome<Proposal>> {
    return outcomeOf('The proposal', () => {
      const dataset = this.#datasets.get(datasetId)
      return dataset === undefined ? datasetGone() : proposeTask(dataset.info, models)
    })
  }

  prepare(request: PrepareRequest): Promise<Outcome<Preparation>> {
    this.#fit = null
    return outcomeOf('The preparation', () => {
      const { datasetId } = request
      const dataset = this.#datasets.get(datasetId)
      if (dataset === undefined) return datasetGone()
      const task = prepareTask(dataset, request)
      if (!task.ok) return task
      this.#fit = { datasetId, dataset, task: task.value }
      return success(preparationOf(task.value))
    })
  }

  targets(): Promise<Outcome<Targets>> {
    return outcomeOf('Reading the target', () =>
      this.#fit === null ? notPrepared() : success(this.#fit.task.targets),
    )
  }

  block(layout: number, start: number, end: number): Promise<Outcome<InputBlock>> {
    return outcomeOf('Building input tensors', () => {
      if (this.#fit === null) return notPrepared()
      const { dataset, task } = this.#fit
      const columns = task.layoutColumns[layout]
      const type = task.layouts[layout]?.type
      if (columns === undefined || type === undefined || !isRange(start, end, task)) {
        return failed(
          'internal',
          'Rows were asked for that the data does not have.',
          'Reload the page and try again.',
          `layout ${String(layout)}, rows ${String(start)} to ${String(end)}`,
        )
      }
      const { index } = task.selection
      const isShared = this.isIsolated
      const data = buildBlock(dataset, { index, columns, type, start, end, isShared })
      const block = success({ layout, start, rows: end - start, data })
      return isShared ? block : transfer(block, [data.buffer as ArrayBuffer])
    })
  }
}

/** What the page sees of a prepared task: everything but the rows. */
function preparationOf(task: PreparedTask): Preparation {
  const { rows, droppedRows, droppedBy } = task.selection
  const { labels, layouts, bindings, warnings } = task
  return { rows, droppedRows, droppedBy, labels, layouts, bindings, warnings }
}

function isRange(start: number, end: number, { selection }: PreparedTask): boolean {
  const isWhole = Number.isInteger(start) && Number.isInteger(end)
  return isWhole && start >= 0 && start < end && end <= selection.rows
}

function datasetGone(): Outcome<never> {
  return failed('worker-failed', 'The data is no longer in memory.', 'Add the data file again.')
}

function notPrepared(): Outcome<never> {
  return failed('worker-failed', 'The rows are no longer in memory.', 'Compare again.')
}
