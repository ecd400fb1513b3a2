import type { Report } from '../core/report'
import { downloadText } from './download-text'

/** Hands the report out as a JSON file named by its time. */
export function downloadReport(report: Report): void {
  const stamp = report.createdAt.slice(0, 19).replaceAll(':', '-')
  downloadText(`bakeoff-${stamp}.json`, 'application/json', JSON.stringify(report, null, 2))
}
