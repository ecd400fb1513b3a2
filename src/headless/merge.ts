import { PART_BYTES } from '../core/caps'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { errorText, failed, success, type Failure, type Outcome } from '../core/failure'
import { checkParts, type NamedPart } from '../report/check-parts'
import { readPart } from '../report/read-part'
import type { MergeCommand } from './command-line'
import { endInFailure, UNBUILT } from './end-in-failure'
import { ensureBuilt } from './ensure-built.mjs'
import { EXIT, exitCode } from './exit-code'
import { findInputFiles } from './input-files'
import type { PageSession } from './page-session'
import { presentReport } from './present-report'
import { checkReportOutputs } from './report-outputs'
import { resultCode } from './result-code'
import type { Terminal } from './terminal'
import { withSession } from './with-session'

/** `bakeoff merge`: one report of the parts of a comparison. Answers the exit code. */
export async function merge(command: MergeCommand, terminal: Terminal): Promise<number> {
  const { outputs } = command
  const checked = checkReportOutputs(outputs)
  if (!checked.ok) {
    terminal.fail(checked.failure)
    return exitCode(checked.failure.code)
  }
  const end = (failure: Failure) => endInFailure(failure, outputs.json, terminal)
  const parts = readParts(command.parts)
  if (!parts.ok) return end(parts.failure)
  if (!(await ensureBuilt())) return end(UNBUILT)
  const options = { backend: 'wasm', keeping: null, terminal, end } as const
  return withSession(options, (session) => mergeWith(session, parts.value, command, terminal))
}

/** Everything that can be refused without a browser is refused here. */
function readParts(names: readonly string[]): Outcome<readonly NamedPart[]> {
  const files = findInputFiles(names)
  if (!files.ok) return files
  const parts: NamedPart[] = []
  for (const path of files.value.paths) {
    const fileName = basename(path)
    const bytes = readBytes(path)
    if (!bytes.ok) return bytes
    const part = readPart(bytes.value, fileName)
    if (!part.ok) return part
    parts.push({ fileName, part: part.value })
  }
  return checkParts(parts)
}

function readBytes(path: string): Outcome<Uint8Array> {
  try {
    // A part is a string in the end: longer ones cannot be read, and are named by their size.
    return success(readFileSync(path).subarray(0, PART_BYTES + 1))
  } catch (error) {
    const message = `"${path}" could not be read.`
    return failed('file-unreadable', message, 'Check the disk.', errorText(error))
  }
}

async function mergeWith(
  session: PageSession,
  parts: readonly NamedPart[],
  { outputs }: MergeCommand,
  terminal: Terminal,
): Promise<number> {
  const end = (failure: Failure) => endInFailure(failure, outputs.json, terminal)
  const merged = await session.merge(parts, (entry) => {
    terminal.print(entry.text)
  })
  if (!merged.ok) return end(merged.failure)
  const { report } = merged.value
  const presented = presentReport(report, report, outputs, terminal)
  if (!presented.ok) return end(presented.failure)
  const code = resultCode(report.models, terminal)
  return code !== EXIT.interrupted && !presented.value ? EXIT.requirementFailed : code
}
