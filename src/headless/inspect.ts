import type { AutomationFiles } from '../core/automation'
import type { Failure } from '../core/failure'
import type { InspectCommand } from './command-line'
import { endInFailure, UNBUILT } from './end-in-failure'
import { ensureBuilt } from './ensure-built.mjs'
import { EXIT, exitCode } from './exit-code'
import { checkOutputFile, findInputFiles, type InputFiles } from './input-files'
import { describeDataset, describeModel } from './inspection'
import type { PageSession } from './page-session'
import type { Terminal } from './terminal'
import { withSession } from './with-session'
import { writeOutput } from './write-output'

/** `bakeoff inspect`. Answers the exit code. */
export async function inspect(command: InspectCommand, terminal: Terminal): Promise<number> {
  const output = checkOutputFile(command.json)
  if (!output.ok) {
    terminal.fail(output.failure)
    return exitCode(output.failure.code)
  }
  const end = (failure: Failure) => endInFailure(failure, command.json, terminal)
  const files = findInputFiles(command.files, command.files)
  if (!files.ok) return end(files.failure)
  if (!(await ensureBuilt())) return end(UNBUILT)
  const found = files.value
  const options = { backend: 'wasm', keeping: null, terminal, end } as const
  return withSession(options, async (session) => {
    const read = await readEach(session, found)
    for (const facts of read) print(facts, command, terminal)
    if (command.json !== null) {
      const documents = read.flatMap(({ models, dataset }) => [
        ...models.map((model) => ({ kind: 'model', ...model })),
        ...(dataset === null ? [] : [{ kind: 'dataset', ...dataset }]),
      ])
      const written = writeOutput(command.json, `${JSON.stringify(documents, null, 2)}\n`)
      if (!written.ok) return end(written.failure)
    }
    return read.every(({ failures }) => failures.length === 0) ? EXIT.done : EXIT.badInput
  })
}

/** The page holds one dataset at a time, so each file gets a page of its own; folders come last. */
async function readEach(session: PageSession, files: InputFiles): Promise<AutomationFiles[]> {
  const read: AutomationFiles[] = []
  for (const path of files.paths) {
    if (read.length > 0) await session.reload()
    read.push(await session.addFiles([path], files.bytes))
  }
  for (const folder of files.folders) {
    if (read.length > 0) await session.reload()
    read.push(await session.addFolder(folder))
  }
  return read
}

function print(files: AutomationFiles, command: InspectCommand, terminal: Terminal): void {
  for (const { failure } of files.failures) terminal.fail(failure)
  if (command.json === '-') return
  const facts = [
    ...files.models.map(describeModel),
    ...(files.dataset === null ? [] : [describeDataset(files.dataset)]),
  ]
  for (const lines of facts) {
    for (const line of lines) terminal.print(line)
    terminal.print('')
  }
}
