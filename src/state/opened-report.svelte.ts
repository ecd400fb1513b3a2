import { displayText } from '../core/display-text'
import type { Failure } from '../core/failure'
import type { Report } from '../core/report'
import type { ReaderClient } from '../engine/reader-client'
import { resultFromReport, type ReportSource, type Result } from './result'

/** A report that was opened from a file, a link or the history: shown in front of whatever the page has, until closed. */
export class OpenedReport {
  result = $state.raw<Result | null>(null)

  readonly #reader: ReaderClient

  constructor(reader: ReaderClient) {
    this.#reader = reader
  }

  /** Of several files the last one that is a report stays. Answers the files that are none. */
  async open(files: readonly File[]): Promise<readonly (readonly [File, Failure])[]> {
    const failures: (readonly [File, Failure])[] = []
    for (const file of files) {
      const report = await this.#reader.readReport(file)
      const source = { kind: 'file', name: displayText(file.name), omitted: [] } as const
      if (report.ok) this.show(report.value, source)
      else failures.push([file, report.failure])
    }
    return failures
  }

  show(report: Report, source: ReportSource): void {
    this.result = resultFromReport(report, source)
  }

  close(): void {
    this.result = null
  }
}
