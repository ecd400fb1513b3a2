import type { Failure, Outcome } from '../core/failure'
import { success } from '../core/failure'
import type { Report } from '../core/report'
import { checkRequirement } from '../report/check-requirement'
import { primaryMetric } from '../report/primary-metric'
import type { RequirementResult } from '../report/requirement'
import { verdict } from '../report/verdict'
import { leaderboardText } from './leaderboard'
import type { ReportOutputs } from './report-outputs'
import type { Terminal } from './terminal'
import { writeReport } from './write-report'

/**
 * Prints leaderboard and verdict, holds the report against what is required, and writes it. Answers
 * whether every requirement holds; fails where one cannot be checked or a file not be written, after
 * all else is done.
 * @param document the report as JSON, with what the command adds
 */
export function presentReport(
  report: Report,
  document: unknown,
  outputs: ReportOutputs,
  terminal: Terminal,
): Outcome<boolean> {
  terminal.print('')
  for (const line of leaderboardText(report, report.metrics)) terminal.print(line)
  terminal.print('')
  terminal.print(verdict(report, primaryMetric(report)))
  const { results, failure } = checkAll(outputs.requirements, report, terminal)
  const written = writeReport(outputs, report, document, results)
  if (!written.ok) return written
  if (failure !== null) return { ok: false, failure }
  return success(results.every(({ holds }) => holds))
}

interface Checked {
  readonly results: readonly RequirementResult[]
  /** The first of those that cannot be checked. */
  readonly failure: Failure | null
}

function checkAll(expressions: readonly string[], report: Report, terminal: Terminal): Checked {
  const outcomes = expressions.map((expression) => checkRequirement(expression, report))
  const results = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
  const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure]))
  if (results.length > 0) terminal.print('')
  for (const { expression, holds, checks } of results) {
    terminal.print(`${holds ? '✓ holds' : '✗ does not hold'}: ${expression}`)
    for (const { text } of checks) terminal.print(`    ${text}`)
  }
  return { results, failure: failures[0] ?? null }
}
