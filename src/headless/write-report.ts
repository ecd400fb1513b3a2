import { closestName } from '../core/closest-name'
import { csvText } from '../core/csv'
import { failed, success, type Outcome } from '../core/failure'
import { formatList } from '../core/format'
import type { Report } from '../core/report'
import { reportHtml } from '../report/report-html'
import { reportMarkdown } from '../report/report-markdown'
import type { ReportTable } from '../report/report-table'
import { reportTables } from '../report/report-tables'
import type { RequirementResult } from '../report/requirement'
import { isFolder, type ReportOutputs } from './report-outputs'
import { writeOutput } from './write-output'

/**
 * Writes a report in every form that was asked for; one that cannot be written costs the others
 * nothing.
 * @param document the report as JSON, with what the command adds
 */
export function writeReport(
  outputs: ReportOutputs,
  report: Report,
  document: unknown,
  requirements: readonly RequirementResult[],
): Outcome<null> {
  const { json, html, markdown, csv } = outputs
  const write = (name: string | null, text: () => string) =>
    name === null ? success(null) : writeOutput(name, text())
  const outcomes = [
    write(json, () => `${JSON.stringify(document, null, 2)}\n`),
    write(html, () => reportHtml(report, requirements)),
    write(markdown, () => reportMarkdown(report, requirements)),
    csv === null ? success(null) : writeTables(csv, outputs.table, reportTables(report)),
  ]
  return outcomes.find(({ ok }) => !ok) ?? success(null)
}

function writeTables(
  csv: string,
  wanted: string | null,
  tables: readonly ReportTable[],
): Outcome<null> {
  const write = (name: string, { columns, rows }: ReportTable) =>
    writeOutput(name, csvText(columns, rows))
  if (isFolder(csv)) {
    const outcomes = tables.map((table) => write(`${csv}${table.id}.csv`, table))
    return outcomes.find(({ ok }) => !ok) ?? success(null)
  }
  const table = tables.find(({ id }) => id === (wanted ?? 'leaderboard'))
  if (table !== undefined) return write(csv, table)
  // A comparison in which no model came to an end.
  if (wanted === null) return writeOutput(csv, '')
  const known = tables.map(({ id }) => id)
  const near = closestName(wanted, known)
  return failed(
    'setting-invalid',
    `This report has no table "${wanted}".`,
    near === null ? `It has ${formatList(known)}.` : `Did you mean "${near}"?`,
  )
}
