import { REPORT_BYTES } from '../core/caps'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { errorText, failed, type Outcome } from '../core/failure'
import type { Report } from '../core/report'
import { readReport } from '../report/read-report'
import type { ShowCommand } from './command-line'
import { EXIT, exitCode } from './exit-code'
import { findInputFiles } from './input-files'
import { presentReport } from './present-report'
import { checkReportOutputs } from './report-outputs'
import type { Terminal } from './terminal'

/** `bakeoff show`: a report that was written earlier, read again. Answers the exit code. */
export function show(command: ShowCommand, terminal: Terminal): number {
  const checked = checkReportOutputs(command.outputs)
  const report = checked.ok ? readReportFile(command.report) : checked
  if (!report.ok) {
    terminal.fail(report.failure)
    return exitCode(report.failure.code)
  }
  const presented = presentReport(report.value, report.value, command.outputs, terminal)
  if (!presented.ok) {
    terminal.fail(presented.failure)
    return exitCode(presented.failure.code)
  }
  return presented.value ? EXIT.done : EXIT.requirementFailed
}

function readReportFile(name: string): Outcome<Report> {
  const found = findInputFiles([name])
  if (!found.ok) return found
  const [path = ''] = found.value.paths
  // One byte more than a report may have tells that it is too large.
  if (found.value.bytes > REPORT_BYTES) return readReport(new Uint8Array(REPORT_BYTES + 1), name)
  try {
    return readReport(readFileSync(path), basename(name))
  } catch (error) {
    const detail = errorText(error)
    return failed('file-unreadable', `"${name}" could not be read.`, 'Check the disk.', detail)
  }
}
