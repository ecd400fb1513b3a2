import type { CapName } from '../core/caps'
import type { DatasetInfo } from '../core/dataset'
import { displayText } from '../core/display-text'
import { jointName } from '../core/joint-name'
import { failed, success, type Failure, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { ReaderClient } from '../engine/reader-client'
import { freeColour } from './free-colour'
import { completedBy, isLoose, isWeights, looseFiles, weightsOf } from './loose-files'
import type { DatasetEntry, FileFault, ModelEntry } from './model-entry'
import { normalisedModels } from './normalised-models'
import { sortFile } from './sort-file'
import { uniqueName } from './unique-name'

export interface ShelfNotice {
  readonly text: string
  readonly undo: (() => void) | null
}

/**
 * The files of a comparison: dropped bit by bit, in any order. Each is read on its own, and one
 * that cannot be read costs the others nothing.
 */
export class FileShelf {
  models = $state.raw<readonly ModelEntry[]>([])
  dataset = $state.raw<DatasetEntry | null>(null)
  faults = $state.raw<readonly FileFault[]>([])
  notice = $state.raw<ShelfNotice | null>(null)

  readonly #reader: ReaderClient
  readonly #onChange: () => void
  #reading: readonly Promise<void>[] = []
  #nextId = 1
  /** The dataset that a notice can still bring back. */
  #replaced: DatasetEntry | null = null

  constructor(reader: ReaderClient, onChange: () => void) {
    this.#reader = reader
    this.#onChange = onChange
  }

  get readyModels(): readonly ModelInfo[] {
    return this.models.flatMap((model) => (model.info === null ? [] : [model.info]))
  }

  get isReading(): boolean {
    return (
      this.models.some((model) => model.info === null) ||
      (this.dataset !== null && this.dataset.info === null)
    )
  }

  get isEmpty(): boolean {
    return this.models.length === 0 && this.dataset === null && this.faults.length === 0
  }

  /** Models keep the order in which they come; all data of one call is one dataset. */
  async add(files: Iterable<File>): Promise<void> {
    const adding = this.#add([...files])
    this.#reading = [...this.#reading, adding]
    await adding
    this.#reading = this.#reading.filter((other) => other !== adding)
  }

  /** Until nothing is being read. */
  async settled(): Promise<void> {
    while (this.#reading.length > 0) await Promise.all(this.#reading)
  }

  async #add(files: readonly File[]): Promise<void> {
    const sorts = await Promise.all(files.map(sortFile))
    const loose = files.filter((file, index) => isLoose(file, sorts[index]))
    const reads = files
      .filter((file, index) => sorts[index] === 'model' && !loose.includes(file))
      .map((file) => this.#addModel(file, loose))
    const tables = files.filter((_, index) => sorts[index] === 'data')
    if (tables.length > 0) reads.push(this.#addDataset(tables))
    await Promise.all(reads)
    await this.#judgeLoose(loose, (file) => sorts[files.indexOf(file)] === 'model')
    // The policies that take the statistics may have come in the same drop.
    for (const [index, file] of files.entries()) {
      if (sorts[index] === 'normalisation') await this.#normalise(file)
    }
  }

  /** Completes models whose weights have come, and judges the files that none asks for. */
  async #judgeLoose(loose: readonly File[], isModel: (file: File) => boolean): Promise<void> {
    for (const { id, file } of completedBy(this.faults, loose)) {
      this.removeFault(id)
      await this.#addModel(file, loose)
    }
    for (const file of loose) {
      if (isWeights(file, this.models)) continue
      if (isModel(file)) await this.#addModel(file, loose)
      else this.#addFault(file, unrecognised(file))
    }
  }

  /** Reads policies again with the statistics of their observations; all of them or none. */
  async #normalise(file: File): Promise<void> {
    const ids = normalisedModels(file.name, this.readyModels).map((model) => model.id)
    if (ids.length === 0) {
      this.#addFault(file, withoutPolicy(file))
      return
    }
    const outcome = await this.#reader.normalize(ids, file)
    if (!outcome.ok) {
      this.#addFault(file, outcome.failure)
      return
    }
    for (const info of outcome.value) {
      const runnable = await this.#reader.runnable(info.id)
      if (!runnable.ok) this.#addFault(file, runnable.failure)
      this.models = this.models.map((model) =>
        model.id === info.id && model.info !== null && runnable.ok
          ? {
              ...{ ...model, runnable: runnable.value, normalisation: file },
              info: { ...info, name: model.info.name },
            }
          : model,
      )
    }
    this.#onChange()
  }

  /** @param loose files that came with it, among which its weights may be */
  async #addModel(file: File, loose: readonly File[]): Promise<void> {
    const companions = [...loose, ...looseFiles(this.faults)].filter((other) => other !== file)
    const id = this.#newId('model')
    this.models = [
      ...this.models,
      {
        id,
        file,
        colour: freeColour(this.models.map((model) => model.colour)),
        info: null,
        runnable: null,
        external: [],
        normalisation: null,
      },
    ]
    const outcome = await this.#readModel(file, id, companions)
    if (!this.models.some((model) => model.id === id)) return
    if (!outcome.ok) {
      this.models = this.models.filter((model) => model.id !== id)
      this.#addFault(file, outcome.failure)
    } else if (this.#isTwin(outcome.value.info)) {
      this.models = this.models.filter((model) => model.id !== id)
      this.notice = { text: `${displayText(file.name)} is already here.`, undo: null }
    } else {
      const { runnable } = outcome.value
      const taken = this.readyModels.map((model) => model.name)
      const info = { ...outcome.value.info, name: uniqueName(outcome.value.info.name, taken) }
      const external = weightsOf(info, companions)
      this.models = this.models.map((model) =>
        model.id === id ? { ...model, info, runnable, external } : model,
      )
      this.faults = this.faults.filter(({ file: f }) => !external.some(({ data }) => data === f))
    }
    this.#onChange()
  }

  async #readModel(
    file: File,
    id: string,
    companions: readonly File[],
  ): Promise<Outcome<{ readonly info: ModelInfo; readonly runnable: Blob }>> {
    const info = await this.#reader.readModel(file, id, companions)
    if (!info.ok) return info
    const runnable = await this.#reader.runnable(id)
    return runnable.ok ? success({ info: info.value, runnable: runnable.value }) : runnable
  }

  async #addDataset(files: readonly File[]): Promise<void> {
    const id = this.#newId('data')
    const name = jointName(files.map((file) => displayText(file.name)))
    const previous = this.dataset
    this.dataset = { id, files, name, info: null, progress: 0 }
    const outcome = await this.#reader.readDataset(files, id, (done, total) => {
      if (this.dataset?.id !== id) return
      this.dataset = { ...this.dataset, progress: total === 0 ? 1 : done / total }
    })
    if (this.#isGone(id)) {
      void this.#reader.dropDataset(id)
      return
    }
    if (outcome.ok) {
      const info = outcome.value
      this.dataset = { id, files, name: displayText(info.name), info, progress: 1 }
      this.#noteReplaced(previous)
    } else {
      this.dataset = previous?.info === null ? null : previous
      // A limit can be raised for one file alone.
      const [file = null] = outcome.failure.cap && files.length === 1 ? files : []
      this.addFailure(name, outcome.failure, file)
    }
    this.#onChange()
  }

  /** Another dataset came, or this one was removed, while it was being read. */
  #isGone(datasetId: string): boolean {
    return this.dataset?.id !== datasetId
  }

  #noteReplaced(previous: DatasetEntry | null): void {
    if (previous === null || previous.info === null) return
    this.#forgetReplaced()
    this.#replaced = previous
    this.notice = {
      text: `${this.dataset?.name ?? ''} ${verb(this.dataset, 'replaces', 'replace')} ${previous.name}.`,
      undo: () => {
        this.#restoreDataset(previous)
      },
    }
  }

  #restoreDataset(previous: DatasetEntry): void {
    const current = this.dataset
    this.#replaced = null
    this.notice = null
    this.dataset = previous
    if (current !== null) void this.#reader.dropDataset(current.id)
    this.#onChange()
  }

  /** The dataset's images are read in another way now. */
  setInfo(info: DatasetInfo): void {
    if (this.dataset?.id === info.id) this.dataset = { ...this.dataset, info }
  }

  removeModel(id: string): void {
    const index = this.models.findIndex((model) => model.id === id)
    const entry = this.models[index]
    if (entry === undefined) return
    this.models = this.models.filter((model) => model.id !== id)
    const undo = () => {
      this.notice = null
      this.models = this.models.toSpliced(index, 0, entry)
      this.#onChange()
    }
    this.dismissNotice()
    this.notice = { text: `${entry.info?.name ?? displayText(entry.file.name)} is removed.`, undo }
    this.#onChange()
  }

  removeDataset(): void {
    const entry = this.dataset
    if (entry === null) return
    this.dismissNotice()
    this.dataset = null
    this.#replaced = entry
    const undo = () => {
      this.#restoreDataset(entry)
    }
    this.notice = { text: `${entry.name} ${verb(entry, 'is', 'are')} removed.`, undo }
    this.#onChange()
  }

  removeFault(id: string): void {
    this.faults = this.faults.filter((fault) => fault.id !== id)
  }

  /** Reads a file again that met a limit, with that limit raised for it alone. */
  async readAnyway({ id, file, failure: { cap } }: FileFault): Promise<void> {
    if (file === null || cap === undefined) return
    await this.#reader.raiseCap(file, cap.name, cap.wanted)
    this.removeFault(id)
    await this.add([file])
  }

  async raiseCaps(limits: readonly (readonly [CapName, number])[]): Promise<void> {
    for (const [name, to] of limits) await this.#reader.raiseCap(null, name, to)
  }

  dismissNotice(): void {
    this.notice = null
    this.#forgetReplaced()
  }

  clear(): void {
    this.dismissNotice()
    if (this.dataset !== null) void this.#reader.dropDataset(this.dataset.id)
    this.models = []
    this.dataset = null
    this.faults = []
    this.#onChange()
  }

  addFailure(fileName: string, failure: Failure, file: File | null = null): void {
    this.faults = [...this.faults, { id: this.#newId('fault'), fileName, file, failure }]
  }

  #forgetReplaced(): void {
    if (this.#replaced !== null) void this.#reader.dropDataset(this.#replaced.id)
    this.#replaced = null
  }

  #addFault(file: File, failure: Failure): void {
    this.addFailure(displayText(file.name), failure, file)
  }

  /** The same bytes under the same file name were dropped twice. */
  #isTwin(info: ModelInfo): boolean {
    return this.readyModels.some(
      (model) => model.sha256 === info.sha256 && model.fileName === info.fileName,
    )
  }

  #newId(kind: string): string {
    const id = `${kind}-${String(this.#nextId)}`
    this.#nextId += 1
    return id
  }
}

function verb(entry: DatasetEntry | null, one: string, many: string): string {
  return entry === null || entry.files.length === 1 ? one : many
}

function withoutPolicy(file: File): Failure {
  const { failure } = failed(
    'file-unrecognised',
    `${displayText(file.name)} could hold statistics of VecNormalize, and no policy of Stable-Baselines3 is here to take them.`,
    'Drop the .zip of the policy first, or both together.',
  )
  return failure
}

function unrecognised(file: File): Failure {
  const { failure } = failed(
    'file-unrecognised',
    `${displayText(file.name)} is neither a model nor data.`,
    'Drop models as .onnx, policies also as .zip of Stable-Baselines3, and data as CSV, JSON, Parquet, Arrow, NumPy or IDX files or as images.',
  )
  return failure
}
