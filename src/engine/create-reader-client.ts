import { proxy, transfer, type Remote } from 'comlink'
import type { ReaderApi } from '../contract/reader'
import { answerBuffers } from '../core/answer-buffers'
import { success, type Outcome } from '../core/failure'
import { imageCalls } from './image-calls'
import { jointName } from '../core/joint-name'
import type { ReaderClient } from './reader-client'
import { spawnReader } from './spawn'
import { SupervisedWorker } from './supervised-worker'

const START_MS = 20_000
/** Reading says how far it is at least this often, or it counts as hung. */
const SILENCE_MS = 30_000
/** One pass over the rows of a large dataset. */
const PASS_MS = 120_000

/**
 * The reader worker starts with the first call. It is replaced after a death, so that the next file
 * can be read; what the dead one had read must be read again.
 */
export function createReaderClient(): ReaderClient {
  let worker: SupervisedWorker<ReaderApi> | null = null
  function current(): SupervisedWorker<ReaderApi> {
    if (worker === null || worker.end !== null) worker = start()
    return worker
  }
  const read = <T>(file: File, ask: (api: Remote<ReaderApi>) => Promise<Outcome<T>>) =>
    current().call(`Reading ${file.name}`, PASS_MS, ask)
  const tell = async (say: (api: Remote<ReaderApi>) => Promise<void>): Promise<void> => {
    await current().call('The reader', START_MS, async (api) => success(await say(api)))
  }
  return {
    tasks: () => current().call('The reader', START_MS, async (api) => success(await api.tasks())),
    readModel: (file, id, companions) => read(file, (api) => api.readModel(file, id, companions)),
    runnable: (id) => current().call('Reading a model', PASS_MS, (api) => api.runnable(id)),
    normalize: (ids, file) => read(file, (api) => api.normalize(ids, file)),
    readReport: (file) => read(file, (api) => api.readReport(file)),
    readHistory: (file) => read(file, (api) => api.readHistory(file)),
    readDataset: (files, id, onProgress) => {
      const reading = current()
      const onBytes = proxy((done: number, total: number) => {
        reading.touch()
        onProgress(done, total)
      })
      return reading.call(`Reading ${nameOf(files)}`, SILENCE_MS, (api) =>
        api.readDataset(files, id, onBytes),
      )
    },
    raiseCap: (file, name, to) => tell((api) => api.raiseCap(file, name, to)),
    dropDataset: (id) => tell((api) => api.dropDataset(id)),
    ...imageCalls(current, PASS_MS),
    propose: (datasetId, models) =>
      current().call('The proposal', PASS_MS, (api) => api.propose(datasetId, models)),
    policyOptions: (policy, windows) =>
      current().call('Reading the options', START_MS, (api) => api.policyOptions(policy, windows)),
    prepare: (request) => current().call('The preparation', PASS_MS, (api) => api.prepare(request)),
    targets: () => current().call('Reading the target', PASS_MS, (api) => api.targets()),
    block: (layout, from, end) =>
      current().call('Building input tensors', PASS_MS, (api) => api.block(layout, from, end)),
    keepRows: (answers) =>
      current().call('Keeping the rows', PASS_MS, (api) =>
        api.keepRows(transfer(answers, answerBuffers(answers))),
      ),
    releaseRows: () => tell((api) => api.releaseRows()),
    rows: (request) => current().call('Finding rows', PASS_MS, (api) => api.rows(request)),
    rowsFile: (request) => current().call('Writing rows', PASS_MS, (api) => api.rowsFile(request)),
    slices: (request, onProgress) => {
      const slicing = current()
      const onColumn = proxy((done: number, of: number) => {
        slicing.touch()
        onProgress(done, of)
      })
      return slicing.call('Slicing the rows', PASS_MS, (api) => api.slices(request, onColumn))
    },
    close: () => {
      worker?.close()
    },
  }
}

function start(): SupervisedWorker<ReaderApi> {
  return new SupervisedWorker<ReaderApi>(spawnReader, 'The reader')
}

function nameOf(files: File | readonly File[]): string {
  return jointName(files instanceof File ? [files.name] : files.map(({ name }) => name))
}
