import { csvText } from '../core/csv'
import type { Report } from '../core/report'

export type ReportForm = 'json' | 'html' | 'markdown'

/** A document for the user to keep. */
export interface ReportFile {
  readonly name: string
  readonly type: string
  readonly text: string
}

const ENDINGS = { json: 'json', html: 'html', markdown: 'md' } as const
const TYPES = { json: 'application/json', html: 'text/html', markdown: 'text/markdown' } as const

/** The report in one of its forms. What writes the longer ones is fetched when it is asked for. */
export async function reportFile(report: Report, form: ReportForm): Promise<ReportFile> {
  return {
    name: `${reportName(report)}.${ENDINGS[form]}`,
    type: TYPES[form],
    text: await textOf(report, form),
  }
}

async function textOf(report: Report, form: ReportForm): Promise<string> {
  switch (form) {
    case 'json':
      return JSON.stringify(report, null, 2)
    case 'html':
      return (await import('../report/report-html')).reportHtml(report)
    case 'markdown':
      return (await import('../report/report-markdown')).reportMarkdown(report)
  }
}

export interface TableName {
  readonly id: string
  readonly title: string
}

/** The tables that a report holds. */
export async function tableNames(report: Report): Promise<readonly TableName[]> {
  const { reportTables } = await import('../report/report-tables')
  return reportTables(report).map(({ id, title }) => ({ id, title }))
}

/** One table of a report as CSV; null where it has no such table. */
export async function tableFile(report: Report, id: string): Promise<ReportFile | null> {
  const { reportTables } = await import('../report/report-tables')
  const table = reportTables(report).find((one) => one.id === id)
  if (table === undefined) return null
  return {
    name: `${reportName(report)}-${id}.csv`,
    type: 'text/csv',
    text: csvText(table.columns, table.rows),
  }
}

/** Named by its time, with what no file system takes replaced. */
function reportName({ createdAt }: Report): string {
  return `bakeoff-${createdAt.slice(0, 19).replaceAll(':', '-')}`
}
