import type { Report } from '../core/report'
import { reportFile } from '../state/report-file'
import { downloadText } from './download-text'

/** Hands the report out as a JSON file named by its time. */
export async function downloadReport(report: Report): Promise<void> {
  const { name, type, text } = await reportFile(report, 'json')
  downloadText(name, type, text)
}
