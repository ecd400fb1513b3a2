import { spawn, type ChildProcess } from 'node:child_process'
import { fromRoot } from '../../src/headless/repository.mjs'

export interface CommandResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Called with all of standard output so far. */
  readonly onOutput?: (stdout: string, child: ChildProcess) => void
}

/** Nothing of a test stays in the user's own cache. */
const CACHE = fromRoot('test-results/cache')

/** Runs `bakeoff …` as `npm run bakeoff` does, in a process of its own. */
export function runBakeoff(
  args: readonly string[],
  { cwd = fromRoot(''), env = {}, onOutput }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [fromRoot('src/headless/launch.mjs'), 'bakeoff', ...args],
      { cwd, env: { ...process.env, INIT_CWD: '', XDG_CACHE_HOME: CACHE, ...env } },
    )
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      onOutput?.(stdout, child)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', reject)
    child.once('close', (exitCode) => {
      resolve({ exitCode, stdout, stderr })
    })
  })
}
