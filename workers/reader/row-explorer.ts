import type { RowsFileRequest, SlicesRequest } from '../../src/contract/reader'
import type { Dataset } from '../../src/core/dataset'
import type {
  KeptRows,
  ModelAnswers,
  RowsRequest,
  RowWindow,
  SliceSurvey,
} from '../../src/core/exploration'
import { failed, success, type Outcome } from '../../src/core/failure'
import { ExploredTable } from '../../src/exploration/explored-table'
import { ParityRows } from '../../src/exploration/parity-rows'
import { readAnswers } from '../../src/exploration/read-answers'
import { rowsCsv } from '../../src/exploration/rows-csv'
import { sliceMetric, sliceMetricIds } from '../../src/exploration/slice-metrics'
import { surveySlices } from '../../src/exploration/survey-slices'
import type { PreparedTask } from '../../src/tasks/prepared-task'

/** No window is larger, whatever is asked for. */
const MOST_ROWS = 1_000

/** The rows of the latest comparison, until it is replaced or its dataset is dropped. */
export class RowExplorer {
  #kept: { readonly id: string; readonly table: ExploredTable } | null = null
  #count = 0

  keep(
    dataset: Dataset,
    { index, targets, labels }: PreparedTask,
    answers: readonly ModelAnswers[],
  ): Outcome<KeptRows> {
    this.release()
    const read = readAnswers(answers, targets, labels)
    if (read === null) {
      return failed('internal', 'Answers and rows do not belong together.', 'Compare again.')
    }
    this.#count += 1
    const id = `${dataset.info.id} ${String(this.#count)}`
    this.#kept = { id, table: new ExploredTable(dataset, index, read) }
    const { rows, hasConfidence, counts } = read
    return success({
      ...{ id, kind: targets.kind, rows, hasConfidence, counts },
      modelIds: answers.map(({ modelId }) => modelId),
      tableRows: dataset.info.rows,
      columns: dataset.info.columns,
      ...(read instanceof ParityRows ? { hasClasses: read.hasClasses } : {}),
      sliceMetrics: sliceMetricIds(targets.kind),
    })
  }

  release(): void {
    this.#kept = null
  }

  releaseDataset(datasetId: string): void {
    if (this.#kept?.table.dataset.info.id === datasetId) this.release()
  }

  rows({ id, query, fields, offset, limit }: RowsRequest): Outcome<RowWindow> {
    const table = this.#table(id)
    if (table === null) return rowsGone()
    return success(table.window(query, fields, offset, Math.min(limit, MOST_ROWS)))
  }

  file({ id, query, fields, heads, limit }: RowsFileRequest): Outcome<Blob> {
    const table = this.#table(id)
    if (table === null) return rowsGone()
    const parts = rowsCsv(table, table.find(query).subarray(0, limit), fields, heads)
    return success(new Blob(parts, { type: 'text/csv' }))
  }

  async slices(
    { id, metric }: SlicesRequest,
    onProgress: (done: number, of: number) => void,
  ): Promise<Outcome<SliceSurvey>> {
    const table = this.#table(id)
    if (table === null) return rowsGone()
    const sliced = sliceMetric(table.answers, metric)
    if (sliced === null) {
      return failed('internal', 'Slices do not have this metric.', 'Choose another metric.', metric)
    }
    const survey = await surveySlices(table, sliced, async (done, of) => {
      onProgress(done, of)
      // Messages that came meanwhile are tasks of their own.
      await new Promise((resolve) => setTimeout(resolve))
    })
    return success(survey)
  }

  #table(id: string): ExploredTable | null {
    return this.#kept?.id === id ? this.#kept.table : null
  }
}

function rowsGone(): Outcome<never> {
  return failed('worker-failed', 'The rows are no longer in memory.', 'Compare again.')
}
