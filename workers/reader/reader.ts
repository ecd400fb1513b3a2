import { transfer } from 'comlink'
import type {
  InputBlock,
  PolicyOptionsRead,
  Preparation,
  PrepareRequest,
  Proposal,
  ReaderApi,
  ReadProgress,
  RowsFileRequest,
  SlicesRequest,
} from '../../src/contract/reader'
import {
  raiseCap,
  type CapName,
  type CappedFile,
  REPORT_BYTES,
  HISTORY_BYTES,
} from '../../src/core/caps'
import type { Dataset, DatasetInfo } from '../../src/core/dataset'
import type {
  KeptRows,
  ModelAnswers,
  RowsRequest,
  RowWindow,
  SliceSurvey,
} from '../../src/core/exploration'
import { quoted } from '../../src/core/display-text'
import { failed, success, type Outcome } from '../../src/core/failure'
import type { ImageSettings } from '../../src/core/image-settings'
import { jointName } from '../../src/core/joint-name'
import type { ModelInfo } from '../../src/core/model'
import type { ReadHistory, Report } from '../../src/core/report'
import type { SeenImage } from '../../src/core/seen-image'
import type { Targets, TaskInfo } from '../../src/core/task'
import { readDataset } from '../../src/data/read-dataset'
import { ValueRoom } from '../../src/data/room/value-room'
import { readModel } from '../../src/models/read-model'
import { readHistory } from '../../src/report/history-document'
import { readReport } from '../../src/report/read-report'
import { NO_POLICY_OPTIONS, parsePolicyOptions } from '../../src/tasks/policy/policy-options'
import { parseWindowOptions } from '../../src/tasks/policy/window-options'
import { prepareTask } from '../../src/tasks/prepare-task'
import type { PreparedTask } from '../../src/tasks/prepared-task'
import { proposeTask } from '../../src/tasks/propose-task'
import { shareTargets } from '../../src/tasks/share-targets'
import { allTasks } from '../../src/tasks/task-registry'
import { outcomeOf } from '../outcome-of'
import { fetchRows } from './fetch-rows'
import { fitImages } from './fit-images'
import { RowExplorer } from './row-explorer'
import { seenImages } from './seen-images'

interface Fit {
  readonly datasetId: string
  /** As it was when the task was fitted: images may be read in another way meanwhile. */
  readonly dataset: Dataset
  readonly task: PreparedTask
}

interface HeldModel {
  readonly file: File
  readonly runnable: Blob
}

/** Holds the models' files, the datasets, and the one task that is fitted to one of them. */
export class Reader implements ReaderApi {
  readonly #models = new Map<string, HeldModel>()
  readonly #datasets = new Map<string, Dataset>()
  /** By dataset: where its values are. */
  readonly #rooms = new Map<string, ValueRoom>()
  readonly #explorer = new RowExplorer()
  #fit: Fit | null = null
  #turn: Promise<unknown> = Promise.resolve()

  /**
   * @param isIsolated whether blocks can lie in shared memory
   * @param openRoom for the values of one dataset
   */
  constructor(
    private readonly isIsolated: boolean,
    private readonly openRoom = () => ValueRoom.unlimited(),
  ) {}

  tasks(): Promise<readonly TaskInfo[]> {
    return Promise.resolve(allTasks().map(({ info }) => info))
  }

  readModel(file: File, id: string, companions: readonly File[] = []): Promise<Outcome<ModelInfo>> {
    return outcomeOf(`Reading ${quoted(file.name)}`, async () => {
      const model = await readModel(file, null, companions)
      if (!model.ok) return model
      const { header, runnable } = model.value
      this.#models.set(id, { file, runnable })
      return success({ id, ...header })
    })
  }

  runnable(id: string): Promise<Outcome<Blob>> {
    const model = this.#models.get(id)
    return Promise.resolve(model === undefined ? modelGone() : success(model.runnable))
  }

  normalize(ids: readonly string[], file: File): Promise<Outcome<readonly ModelInfo[]>> {
    return outcomeOf(`Reading ${quoted(file.name)}`, async () => {
      const infos: ModelInfo[] = []
      const held = new Map<string, HeldModel>()
      for (const id of ids) {
        const known = this.#models.get(id)
        if (known === undefined) return modelGone()
        const model = await readModel(known.file, file)
        if (!model.ok) return model
        held.set(id, { file: known.file, runnable: model.value.runnable })
        infos.push({ id, ...model.value.header })
      }
      for (const [id, model] of held) this.#models.set(id, model)
      return success(infos)
    })
  }

  readReport(file: File): Promise<Outcome<Report>> {
    return outcomeOf(`Reading ${quoted(file.name)}`, async () => {
      // One byte more than a report may have tells that it is too large.
      const bytes = await file.slice(0, REPORT_BYTES + 1).arrayBuffer()
      return readReport(new Uint8Array(bytes), file.name)
    })
  }

  readHistory(file: File): Promise<Outcome<ReadHistory>> {
    return outcomeOf(`Reading ${quoted(file.name)}`, async () => {
      const bytes = await file.slice(0, HISTORY_BYTES + 1).arrayBuffer()
      return readHistory(new Uint8Array(bytes), file.name)
    })
  }

  readDataset(
    files: File | readonly File[],
    id: string,
    onProgress: ReadProgress,
  ): Promise<Outcome<DatasetInfo>> {
    const names = files instanceof File ? [files.name] : files.map(({ name }) => name)
    return outcomeOf(`Reading ${quoted(jointName(names))}`, async () => {
      const room = this.openRoom()
      const dataset = await readDataset(files, id, onProgress, room)
      if (!dataset.ok) {
        room.close()
        return dataset
      }
      this.#rooms.get(id)?.close()
      this.#rooms.set(id, room)
      this.#datasets.set(id, dataset.value)
      return success(dataset.value.info)
    })
  }

  raiseCap(file: CappedFile | null, name: CapName, to: number): Promise<void> {
    raiseCap(file, name, to)
    return Promise.resolve()
  }

  dropDataset(id: string): Promise<void> {
    this.#datasets.delete(id)
    this.#rooms.get(id)?.close()
    this.#rooms.delete(id)
    if (this.#fit?.datasetId === id) this.#fit = null
    this.#explorer.releaseDataset(id)
    return Promise.resolve()
  }

  fitImages(
    datasetId: string,
    models: readonly ModelInfo[],
    chosen: Partial<ImageSettings>,
  ): Promise<Outcome<DatasetInfo>> {
    return outcomeOf('Reading the images', () => {
      const dataset = this.#datasets.get(datasetId)
      if (dataset === undefined) return datasetGone()
      const fitted = fitImages(dataset, models, chosen)
      if (!fitted.ok) return fitted
      this.#datasets.set(datasetId, fitted.value)
      return success(fitted.value.info)
    })
  }

  seenImages(datasetId: string, count: number): Promise<Outcome<readonly SeenImage[]>> {
    return outcomeOf('Reading the images', async () => {
      const dataset = this.#datasets.get(datasetId)
      return dataset === undefined ? datasetGone() : this.#inTurn(() => seenImages(dataset, count))
    })
  }

  propose(datasetId: string, models: readonly ModelInfo[]): Promise<Outcome<Proposal>> {
    return outcomeOf('The proposal', () => {
      const dataset = this.#datasets.get(datasetId)
      return dataset === undefined ? datasetGone() : proposeTask(dataset.info, models)
    })
  }

  policyOptions(
    policy: string | null,
    windows: string | null,
  ): Promise<Outcome<PolicyOptionsRead>> {
    return outcomeOf('Reading the options', () => {
      const options = policy === null ? success(NO_POLICY_OPTIONS) : parsePolicyOptions(policy)
      if (!options.ok || windows === null) return options
      const read = parseWindowOptions(windows)
      return read.ok ? success({ ...options.value, windows: read.value }) : read
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
      const targets = this.isIsolated ? shareTargets(task.value.targets) : task.value.targets
      this.#fit = { datasetId, dataset, task: { ...task.value, targets } }
      return success(preparationOf(task.value))
    })
  }

  targets(): Promise<Outcome<Targets>> {
    return outcomeOf('Reading the target', () =>
      this.#fit === null ? notPrepared() : success(this.#fit.task.targets),
    )
  }

  block(layout: number, start: number, end: number): Promise<Outcome<InputBlock>> {
    return outcomeOf('Building input tensors', () =>
      this.#inTurn(() => this.#block(layout, start, end)),
    )
  }

  async #block(layout: number, start: number, end: number): Promise<Outcome<InputBlock>> {
    if (this.#fit === null) return notPrepared()
    const { task, dataset } = this.#fit
    const missing = await fetchRows(dataset, task.index, start, end)
    if (missing !== null) return { ok: false, failure: missing }
    const isShared = this.isIsolated
    const block = task.block(layout, start, end, isShared)
    if (block === null) {
      return failed(
        'internal',
        'Rows were asked for that the data does not have.',
        'Reload the page and try again.',
        `layout ${String(layout)}, rows ${String(start)} to ${String(end)}`,
      )
    }
    const outcome = success({ layout, ...block })
    if (isShared || !ArrayBuffer.isView(block.data)) return outcome
    return transfer(outcome, [block.data.buffer as ArrayBuffer])
  }

  /** What one caller fetched must not make room for another's before it was read. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  keepRows(answers: readonly ModelAnswers[]): Promise<Outcome<KeptRows>> {
    return outcomeOf('Keeping the rows', () => {
      const dataset = this.#datasets.get(this.#fit?.datasetId ?? '')
      if (this.#fit === null || dataset === undefined) return notPrepared()
      return this.#explorer.keep(dataset, this.#fit.task, answers)
    })
  }

  releaseRows(): Promise<void> {
    this.#explorer.release()
    return Promise.resolve()
  }

  rows(request: RowsRequest): Promise<Outcome<RowWindow>> {
    return outcomeOf('Finding rows', () => this.#explorer.rows(request))
  }

  rowsFile(request: RowsFileRequest): Promise<Outcome<Blob>> {
    return outcomeOf('Writing rows', () => this.#explorer.file(request))
  }

  slices(
    request: SlicesRequest,
    onProgress: (done: number, of: number) => void,
  ): Promise<Outcome<SliceSurvey>> {
    return outcomeOf('Slicing the rows', () => this.#explorer.slices(request, onProgress))
  }
}

/** What the page sees of a prepared task: everything but the rows and the targets. */
function preparationOf(task: PreparedTask): Preparation {
  const { rows, droppedRows, droppedBy, labels, layouts, bindings, pieces, policy } = task
  const { chosen, warnings, timeColumn, referenceId } = task
  return {
    ...{ rows, droppedRows, droppedBy, labels, layouts, bindings, pieces, policy },
    ...{ chosen, warnings, timeColumn },
    ...(referenceId === undefined ? {} : { referenceId }),
  }
}

function modelGone(): Outcome<never> {
  return failed('worker-failed', 'A model is no longer in memory.', 'Add the model file again.')
}

function datasetGone(): Outcome<never> {
  return failed('worker-failed', 'The data is no longer in memory.', 'Add the data file again.')
}

function notPrepared(): Outcome<never> {
  return failed('worker-failed', 'The rows are no longer in memory.', 'Compare again.')
}
