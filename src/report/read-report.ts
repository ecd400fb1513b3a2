import { REPORT_BYTES } from '../core/caps'
import * as v from 'valibot'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import { REPORT_SCHEMA, type Report } from '../core/report'
import { embeddedReport } from './embedded-report'
import { reportSchema } from './report-schema'
import { withMetrics } from './with-metrics'

const SCHEMA_NAME = /^bakeoff\.report\/(\d{1,9})$/
const ADVICE = 'Choose a report that Bakeoff has written, as JSON or as HTML.'

/**
 * Reads a report back: the JSON document, or the HTML report that holds it. Bytes come from
 * strangers: size, schema and every field are checked; fields that are not known are passed over.
 */
export function readReport(bytes: Uint8Array, fileName: string): Outcome<Report> {
  const name = quoted(fileName)
  if (bytes.length > REPORT_BYTES) {
    return failed(
      'file-too-large',
      `${name} has ${formatBytes(bytes.length)}; a report has up to ${formatBytes(REPORT_BYTES)}.`,
      ADVICE,
    )
  }
  const text = decode(bytes)
  if (text === null) return invalid(name, 'it is no UTF-8 text')
  const document = parse(text)
  if (document === undefined) return invalid(name, 'it holds no JSON')
  return checkReport(document, name)
}

/** @param name of the file, as it stands in a sentence */
export function checkReport(document: unknown, name: string): Outcome<Report> {
  const version = checkVersion(document, name)
  if (!version.ok) return version
  const parsed = v.safeParse(reportSchema, document, { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    const path = v.getDotPath(issue)
    return invalid(name, `${path === null ? 'it' : quoted(path)} ${reason(issue)}`)
  }
  const report = withMetrics(parsed.output)
  const contradiction = findContradiction(report)
  return contradiction === null ? success(report) : invalid(name, contradiction)
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(embeddedReport(text) ?? text) as unknown
  } catch {
    return undefined
  }
}

function checkVersion(document: unknown, name: string): Outcome<null> {
  const { schema, error } = fieldsOf(document)
  if (schema === REPORT_SCHEMA) return success(null)
  if (typeof schema === 'string' && SCHEMA_NAME.test(schema)) {
    return failed(
      'report-version',
      `${name} is of the schema ${schema}; this version of Bakeoff reads ${REPORT_SCHEMA}.`,
      'Open it with the version of Bakeoff that has written it, or a later one.',
    )
  }
  const { message } = fieldsOf(error)
  return invalid(
    name,
    typeof message === 'string'
      ? `it says why a comparison has failed: ${quoted(message)}`
      : `it does not name the schema ${REPORT_SCHEMA}`,
  )
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Valibot's own messages are for developers; ours are predicates. */
function reason(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'is missing'
  return /^(is|has|holds) /.test(issue.message) ? issue.message : 'is not as a report has it'
}

/** What the shape alone cannot say. */
function findContradiction({ models, ranking, task }: Report): string | null {
  const names = new Set(models.map((model) => model.name))
  if (names.size < models.length) return 'two of its models have the same name'
  if (new Set(ranking).size < ranking.length) return 'its ranking names a model twice'
  if (ranking.length !== names.size || ranking.some((name) => !names.has(name))) {
    return 'its ranking does not name its models'
  }
  const classes = task.classes?.length
  const isOdd = models.some(({ details }) => (details.confusion?.length ?? classes) !== classes)
  return isOdd ? 'a confusion matrix does not fit its classes' : null
}

function invalid(name: string, why: string): Outcome<never> {
  return failed('report-invalid', `${name} is no report that can be read: ${why}.`, ADVICE)
}
