import { basename } from 'node:path'
import type { AutomationFiles, AutomationResult } from '../core/automation'
import { formatList, formatQuantity } from '../core/format'
import type { CompareCommand } from './command-line'
import { ensureBuilt } from './ensure-built.mjs'
import { EXIT, exitCode } from './exit-code'
import { checkOutputFile, findInputFiles } from './input-files'
import { leaderboardCsv, leaderboardText } from './leaderboard'
import type { PageSession } from './page-session'
import type { Terminal } from './terminal'
import { withSession } from './with-session'
import { writeOutput } from './write-output'

/** `bakeoff compare`. Answers the exit code. */
export async function compare(command: CompareCommand, terminal: Terminal): Promise<number> {
  const models = findInputFiles(command.models)
  const data = findInputFiles([command.data])
  const outputs = [checkOutputFile(command.json), checkOutputFile(command.csv)]
  for (const outcome of [models, data, ...outputs]) {
    if (outcome.ok) continue
    terminal.fail(outcome.failure)
    return exitCode(outcome.failure.code)
  }
  if (!models.ok || !data.ok) return EXIT.badInput
  if (!(await ensureBuilt())) return EXIT.modelFailed
  const paths = [...models.value.paths, ...data.value.paths]
  const bytes = models.value.bytes + data.value.bytes
  return withSession(command.settings.evaluation.backend ?? 'auto', terminal, async (session) => {
    const files = await session.addFiles(paths, bytes)
    const unreadable = reportFiles(files, command, terminal)
    if (unreadable === 'nothing to compare') return EXIT.badInput
    const code = await runComparison(session, command, terminal)
    return code === EXIT.done && unreadable === 'a model' ? EXIT.modelFailed : code
  })
}

/** Says which files could not be read; a model less is no reason to give up on the others. */
function reportFiles(
  files: AutomationFiles,
  command: CompareCommand,
  terminal: Terminal,
): 'none' | 'a model' | 'nothing to compare' {
  for (const { failure } of files.failures) terminal.fail(failure)
  if (files.dataset === null || files.models.length === 0) {
    const missing = files.dataset === null ? basename(command.data) : 'any model'
    terminal.remark(`Nothing to compare: ${missing} could not be read.`)
    return 'nothing to compare'
  }
  return files.failures.length === 0 ? 'none' : 'a model'
}

async function runComparison(
  session: PageSession,
  command: CompareCommand,
  terminal: Terminal,
): Promise<number> {
  const setup = await session.configure(command.settings)
  if (!setup.ok) {
    terminal.fail(setup.failure)
    return exitCode(setup.failure.code)
  }
  const { kind, roles, plan } = setup.value
  const target = roles.target === null ? 'no target' : `target ${roles.target}`
  terminal.remark(
    `${kind}, ${target}, ${formatQuantity(roles.features.length, 'feature')}. ${plan}`,
  )
  const outcome = await session.run((entry) => {
    terminal.print(entry.text)
  })
  if (!outcome.ok) {
    terminal.fail(outcome.failure)
    return exitCode(outcome.failure.code)
  }
  present(outcome.value, command, terminal)
  return resultCode(outcome.value, terminal)
}

function present(result: AutomationResult, command: CompareCommand, terminal: Terminal): void {
  const { report, task, verdict } = result
  terminal.print('')
  for (const line of leaderboardText(report, task.metrics)) terminal.print(line)
  terminal.print('')
  terminal.print(verdict)
  if (command.json !== null) writeOutput(command.json, `${JSON.stringify(report, null, 2)}\n`)
  if (command.csv !== null) writeOutput(command.csv, leaderboardCsv(report, task.metrics))
}

function resultCode({ report }: AutomationResult, terminal: Terminal): number {
  const unfinished = report.models.filter((model) => model.status !== 'ok')
  const failures = unfinished.filter((model) => model.status === 'failed')
  for (const { error } of failures) if (error !== null) terminal.fail(error)
  if (unfinished.some((model) => model.status === 'cancelled')) return EXIT.interrupted
  if (unfinished.length === 0) return EXIT.done
  terminal.remark(`Not evaluated: ${formatList(unfinished.map((model) => model.name))}.`)
  return EXIT.modelFailed
}
