import { HISTORY_BYTES, HISTORY_COMPARISONS } from '../core/caps'
import * as v from 'valibot'
import { quoted } from '../core/display-text'
import { failed, success, type Failure, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import type { HistoryEntry, ReadHistory } from '../core/report'
import { checkReport, readReport } from './read-report'

const HISTORY_SCHEMA = 'bakeoff.history/1'
const LONGEST_NAME = 200

/** An exported history in pieces, so that a long one is never one text. Reports come as JSON. */
export function historyParts(
  comparisons: readonly { readonly name: string; readonly report: string }[],
): readonly string[] {
  const entries = comparisons.flatMap(({ name, report }, index) => [
    `${index === 0 ? '' : ','}\n{"name":${JSON.stringify(name)},"report":`,
    report,
    '}',
  ])
  return [`{"schema":"${HISTORY_SCHEMA}","comparisons":[`, ...entries, '\n]}\n']
}

const historySchema = v.object({
  schema: v.literal(HISTORY_SCHEMA),
  comparisons: v.pipe(
    v.array(v.object({ name: v.pipe(v.string(), v.maxLength(LONGEST_NAME)), report: v.unknown() })),
    v.maxLength(HISTORY_COMPARISONS),
  ),
})

/** Reads an exported history, or a single report. Each report is checked on its own. */
export function readHistory(bytes: Uint8Array, fileName: string): Outcome<ReadHistory> {
  const name = quoted(fileName)
  if (bytes.length > HISTORY_BYTES) {
    return failed(
      'file-too-large',
      `${name} has ${formatBytes(bytes.length)}; a history has up to ${formatBytes(HISTORY_BYTES)}.`,
      'Export fewer comparisons at a time.',
    )
  }
  const document = parse(bytes)
  if (!isHistory(document)) {
    const report = readReport(bytes, fileName)
    if (!report.ok) return report
    const single = { name: fileName.replace(/\.\w+$/, ''), report: report.value }
    return success({ entries: [single], failures: [] })
  }
  const parsed = v.safeParse(historySchema, document)
  if (!parsed.success) {
    return failed(
      'report-invalid',
      `${name} is no history that can be read.`,
      'Choose a file that Bakeoff has exported, or import its reports one by one.',
    )
  }
  const entries: HistoryEntry[] = []
  const failures: Failure[] = []
  for (const { name: entryName, report } of parsed.output.comparisons) {
    const checked = checkReport(report, quoted(entryName))
    if (checked.ok) entries.push({ name: entryName, report: checked.value })
    else failures.push(checked.failure)
  }
  return success({ entries, failures })
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return undefined
  }
}

function isHistory(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return false
  return String(Reflect.get(document, 'schema')).startsWith('bakeoff.history/')
}
