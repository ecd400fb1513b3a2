import { displayText } from '../core/display-text'
import type { Failure } from '../core/failure'
import type { ReaderClient } from '../engine/reader-client'
import { resultFromReport, type Result } from './result'
import { sortFile } from './sort-file'

/** A report that was opened from a file: shown in front of whatever the page has, until closed. */
export class OpenedReport {
  result = $state.raw<Result | null>(null)

  readonly #reader: ReaderClient
  readonly #onFailure: (fileName: string, failure: Failure) => void

  constructor(reader: ReaderClient, onFailure: (fileName: string, failure: Failure) => void) {
    this.#reader = reader
    this.#onFailure = onFailure
  }

  /**
   * Opens the reports among files; of several the last one stays. Answers the other files: models,
   * data and whatever else a comparison is made of.
   */
  async take(files: readonly File[]): Promise<readonly File[]> {
    const others: File[] = []
    for (const file of files) {
      if ((await sortFile(file)) === 'report') await this.#open(file)
      else others.push(file)
    }
    return others
  }

  close(): void {
    this.result = null
  }

  async #open(file: File): Promise<void> {
    const name = displayText(file.name)
    const report = await this.#reader.readReport(file)
    if (report.ok) this.result = resultFromReport(report.value, name)
    else this.#onFailure(name, report.failure)
  }
}
