import type { CapName } from '../core/caps'
import type { DatasetInfo } from '../core/dataset'
import type {
  KeptRows,
  ModelAnswers,
  RowsRequest,
  RowWindow,
  SliceSurvey,
} from '../core/exploration'
import type { Outcome } from '../core/failure'
import type { ImageSettings } from '../core/image-settings'
import type { ModelInfo } from '../core/model'
import type { ReadHistory, Report } from '../core/report'
import type { SeenImage } from '../core/seen-image'
import type { Targets, TaskInfo } from '../core/task'
import type {
  InputBlock,
  PolicyOptionsRead,
  Preparation,
  PrepareRequest,
  Proposal,
  ReadProgress,
  RowsFileRequest,
  SlicesRequest,
} from '../contract/reader'

/** The page's side of the reader worker: the same verbs, every call with a deadline. */
export interface ReaderClient {
  tasks(): Promise<Outcome<readonly TaskInfo[]>>
  readModel(file: File, id: string, companions?: readonly File[]): Promise<Outcome<ModelInfo>>
  runnable(id: string): Promise<Outcome<Blob>>
  normalize(ids: readonly string[], file: File): Promise<Outcome<readonly ModelInfo[]>>
  readReport(file: File): Promise<Outcome<Report>>
  readHistory(file: File): Promise<Outcome<ReadHistory>>
  readDataset(
    files: File | readonly File[],
    id: string,
    onProgress: ReadProgress,
  ): Promise<Outcome<DatasetInfo>>
  /** See `raiseCap` of `core/caps.ts`. */
  raiseCap(file: File | null, name: CapName, to: number): Promise<void>
  dropDataset(id: string): Promise<void>
  fitImages(
    datasetId: string,
    models: readonly ModelInfo[],
    chosen: Partial<ImageSettings>,
  ): Promise<Outcome<DatasetInfo>>
  seenImages(datasetId: string, count: number): Promise<Outcome<readonly SeenImage[]>>
  propose(datasetId: string, models: readonly ModelInfo[]): Promise<Outcome<Proposal>>
  policyOptions(policy: string | null, windows: string | null): Promise<Outcome<PolicyOptionsRead>>
  prepare(request: PrepareRequest): Promise<Outcome<Preparation>>
  targets(): Promise<Outcome<Targets>>
  block(layout: number, start: number, end: number): Promise<Outcome<InputBlock>>
  /** Gives the answers' numbers away: they are not readable here afterwards. */
  keepRows(answers: readonly ModelAnswers[]): Promise<Outcome<KeptRows>>
  releaseRows(): Promise<void>
  rows(request: RowsRequest): Promise<Outcome<RowWindow>>
  rowsFile(request: RowsFileRequest): Promise<Outcome<Blob>>
  slices(
    request: SlicesRequest,
    onProgress: (done: number, of: number) => void,
  ): Promise<Outcome<SliceSurvey>>
  close(): void
}
