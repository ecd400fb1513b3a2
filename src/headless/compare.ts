import { basename } from 'node:path'
import type { AutomationFiles, AutomationResult } from '../core/automation'
import type { Roles } from '../core/dataset'
import type { LogEntry } from '../core/evaluation'
import type { Failure, Outcome } from '../core/failure'
import { formatQuantity } from '../core/format'
import { jointName } from '../core/joint-name'
import type { Share } from '../core/part'
import type { TaskKind } from '../core/task'
import { checkRequirementNames } from '../report/check-requirement-names'
import { describeSpeedTest } from '../report/describe-speed-test'
import type { CompareCommand } from './command-line'
import { endInFailure, UNBUILT } from './end-in-failure'
import { ensureBuilt } from './ensure-built.mjs'
import { EXIT, exitCode } from './exit-code'
import { findInputFiles, type InputFiles } from './input-files'
import { KeptRun } from './kept-run'
import type { PageSession } from './page-session'
import { presentReport } from './present-report'
import { readRecipeText } from './read-recipe-text'
import { resultCode } from './result-code'
import { checkReportOutputs } from './report-outputs'
import type { Terminal } from './terminal'
import { withSession } from './with-session'
import { writeOutput } from './write-output'

/** `bakeoff compare`. Answers the exit code. */
export async function compare(given: CompareCommand, terminal: Terminal): Promise<number> {
  const outputs = checkReportOutputs(given.outputs)
  if (!outputs.ok) {
    terminal.fail(outputs.failure)
    return exitCode(outputs.failure.code)
  }
  const end = (failure: Failure) => endInFailure(failure, given.outputs.json, terminal)
  const recipe = readRecipeText(given.recipe)
  if (!recipe.ok) return end(recipe.failure)
  const settings = { ...given.settings, ...(recipe.value !== null && { recipe: recipe.value }) }
  const command = { ...given, settings }
  const files = findInputFiles([...command.models, ...command.data], command.data)
  if (!files.ok) return end(files.failure)
  if (!(await ensureBuilt())) return end(UNBUILT)
  const kept = KeptRun.begin([...files.value.paths, ...files.value.folders], command, (text) => {
    terminal.remark(text)
  })
  const backend = command.settings.evaluation.backend ?? 'auto'
  const options = { backend, keeping: kept.keeping, terminal, end }
  const code = await withSession(options, async (session) => {
    kept.noteSession(session)
    return evaluate({ session, kept, terminal }, files.value, command)
  })
  kept.end(code)
  return code
}

interface Means {
  readonly session: PageSession
  readonly kept: KeptRun
  readonly terminal: Terminal
}

async function evaluate(
  { session, kept, terminal }: Means,
  { paths, folders, bytes }: InputFiles,
  command: CompareCommand,
): Promise<number> {
  const end = (failure: Failure) => endInFailure(failure, command.outputs.json, terminal)
  await session.raiseCaps(command.limits)
  let files = await session.addFiles(paths, bytes)
  for (const folder of folders) files = await session.addFolder(folder)
  const blocker = findBlocker(files, command)
  // A model less is no reason to give up on the others.
  for (const { failure } of files.failures) if (failure !== blocker) terminal.fail(failure)
  if (blocker !== null) return end(blocker)
  if (command.share !== null) {
    return answerShare({ session, kept, terminal }, files, command, command.share)
  }
  const result = await runComparison(session, command, terminal)
  if (!result.ok) return end(result.failure)
  kept.noteRun()
  const presented = present(result.value, files, command, terminal)
  if (!presented.ok) return end(presented.failure)
  const code = resultCode(result.value.report.models, terminal)
  if (code === EXIT.interrupted) return code
  kept.noteReport()
  if (!presented.value) return EXIT.requirementFailed
  return files.failures.length > 0 ? EXIT.modelFailed : code
}

/** Why there is nothing to compare, or null. */
function findBlocker(files: AutomationFiles, command: CompareCommand): Failure | null {
  if (files.dataset !== null && files.models.length > 0) return null
  const names = command.data.map((path) => basename(path))
  const dataNames = [...names, jointName(names)]
  const [any] = files.failures
  const cause =
    files.dataset === null && files.failures.find(({ fileName }) => dataNames.includes(fileName))
  return (cause || any)?.failure ?? NOTHING
}

const NOTHING: Failure = {
  code: 'file-unrecognised',
  message: 'The files are not a table and at least one model.',
  advice: 'Give ONNX models and, with --data, a table, arrays or images.',
}

/** Writes a part of the comparison in place of a report. */
async function answerShare(
  { session, kept, terminal }: Means,
  files: AutomationFiles,
  { settings, outputs }: CompareCommand,
  share: Share,
): Promise<number> {
  const setup = await session.configure(settings)
  const end = (failure: Failure) => endInFailure(failure, outputs.json, terminal)
  if (!setup.ok) return end(setup.failure)
  const result = await session.runShare(share, (entry) => {
    terminal.print(entry.text)
  })
  if (!result.ok) return end(result.failure)
  kept.noteRun()
  const { part, models } = result.value
  const written = writeOutput(outputs.json ?? '-', `${JSON.stringify(part)}\n`)
  if (!written.ok) return end(written.failure)
  const name = `share ${String(share.index)}/${String(share.count)}`
  terminal.remark(`${formatQuantity(part.answers, 'answer')} of ${name}, to be merged.`)
  const code = resultCode(models, terminal)
  if (code === EXIT.interrupted) return code
  kept.noteReport()
  return files.failures.length > 0 ? EXIT.modelFailed : code
}

async function runComparison(
  session: PageSession,
  command: CompareCommand,
  terminal: Terminal,
): Promise<Outcome<AutomationResult>> {
  const setup = await session.configure(command.settings)
  if (!setup.ok) return setup
  const { kind, metrics, roles, rows, plan } = setup.value
  for (const expression of command.outputs.requirements) {
    const known = checkRequirementNames(expression, metrics)
    if (!known.ok) return known
  }
  if (rows !== null) terminal.remark(`${rows}.`)
  terminal.remark(`${describeTask(kind, roles)}. ${plan}`)
  const print = (entry: LogEntry) => {
    terminal.print(entry.text)
  }
  const result = await session.run(print)
  const isWhole = result.ok && result.value.report.models.every(({ status }) => status === 'ok')
  if (!command.isSpeedTested || !isWhole) return result
  const tested = await session.testSpeed(print)
  if (tested.ok) {
    const { speed } = tested.value.report
    if (speed !== undefined)
      describeSpeedTest(speed).forEach((text) => {
        terminal.print(text)
      })
    return tested
  }
  // The comparison stands without it.
  terminal.fail(tested.failure)
  return result
}

/** A policy predicts nothing: it has neither target nor features. */
function describeTask(kind: TaskKind, { target, features }: Roles): string {
  if (kind === 'policy') return `policy, ${formatQuantity(features.length, 'observation column')}`
  const what = target === null ? 'no target' : `target ${target}`
  return `${kind}, ${what}, ${formatQuantity(features.length, 'feature')}`
}

function present(
  { report }: AutomationResult,
  { failures }: AutomationFiles,
  command: CompareCommand,
  terminal: Terminal,
): Outcome<boolean> {
  const unreadable = failures.map(({ fileName, failure: { code, message, advice } }) => ({
    fileName,
    error: { code, message, advice },
  }))
  return presentReport(report, { ...report, unreadable }, command.outputs, terminal)
}
