import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Report } from '../../src/core/report'
import { digitsTimes } from './drive-run'
import { demoModel, fixtureModel } from './input-files'
import { descendants, killAll } from './process-tree'
import { runBakeoff, type CommandOptions, type CommandResult } from './run-bakeoff'

test.describe.configure({ mode: 'serial', timeout: 240_000 })

/** The slow model takes at least so long, so that it can be met in the middle … */
const LEAST_MS = 7_000
/** … when its first answers, which come every 2 s, are on disk. */
const MIDDLE_MS = 3_500
const SLOW_BEGINS = 'Evaluating digits_slow'

let folder: string
let args: readonly string[]
/** Of the run that nothing disturbed. */
let whole: Report

test.beforeAll(async () => {
  test.setTimeout(240_000)
  folder = mkdtempSync(join(tmpdir(), 'bakeoff-'))
  const data = join(folder, 'digits.csv')
  args = ['compare', demoModel('digits_mlp'), fixtureModel('digits_slow'), '--data', data]
  args = [...args, '--target', 'label', '--backend', 'wasm', '--batch', '16']
  for (const times of [4, 12, 48]) {
    const table = digitsTimes(times)
    if (typeof table === 'string') throw new Error('a table that is on no disk was asked for')
    writeFileSync(data, table.buffer)
    const result = await run(['--json', '-'])
    expect(result.exitCode, result.stderr).toBe(0)
    whole = JSON.parse(result.stdout) as Report
    const slow = whole.models.find(({ name }) => name === 'digits_slow')
    if ((slow?.timing?.totalMs ?? 0) > LEAST_MS) break
  }
})

test.afterAll(() => {
  rmSync(folder, { recursive: true })
})

function run(more: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runBakeoff([...args, ...more], { ...options, env: { XDG_CACHE_HOME: folder } })
}

/**
 * Runs, and calls `act` that long after the slow model has begun. A run that was over by then
 * (other work on the machine comes and goes) is run again.
 */
async function runUntil(
  ms: number,
  more: readonly string[],
  act: (child: ChildProcess, pid: number) => void,
): Promise<CommandResult> {
  for (;;) {
    let timer: NodeJS.Timeout | null = null
    const result = await run(more, {
      onOutput: (stdout, child) => {
        const { pid } = child
        if (timer !== null || pid === undefined || !stdout.includes(SLOW_BEGINS)) return
        timer = setTimeout(act, ms, child, pid)
      },
    })
    if (timer !== null) clearTimeout(timer)
    const isTooLate = ms > 0 && result.stdout.includes('evaluation completed in')
    if (!isTooLate) return result
  }
}

function keptFolders(): readonly string[] {
  return readdirSync(join(folder, 'bakeoff', 'runs'))
}

/** Rows of the slow model that a log says were not computed again. */
function keptRows(log: string): number {
  return Number(/digits_slow: goes on after (\d+) of \d+ rows/.exec(log)?.[1])
}

/** Every figure of every model, bit for bit. */
function expectSameFigures(report: Report): void {
  expect(report.models.map(({ name, metrics, details }) => ({ name, metrics, details }))).toEqual(
    whole.models.map(({ name, metrics, details }) => ({ name, metrics, details })),
  )
  expect(report.ranking).toEqual(whole.ranking)
}

test('a run that ended leaves nothing on the disk', () => {
  expect(keptFolders()).toEqual([])
})

test('--resume goes on after node and Chromium were killed, with the same figures', async () => {
  const killed = await runUntil(MIDDLE_MS, [], (_, pid) => {
    killAll([pid, ...descendants(pid)])
  })
  expect(killed.exitCode, killed.stdout).toBeNull()
  expect(keptFolders()).toHaveLength(1)
  const { exitCode, stdout, stderr } = await run(['--resume', '--json', '-'])
  expect(exitCode, stderr).toBe(0)
  expect(stderr).toContain('digits_mlp: unchanged model, data and settings: the kept answers')
  expect(keptRows(stderr), stderr).toBeGreaterThan(0)
  expect(keptRows(stderr)).toBeLessThan(whole.dataset.rows)
  expectSameFigures(JSON.parse(stdout) as Report)
  expect(keptFolders()).toEqual([])
})

test('--resume goes on at once after node alone was killed', async () => {
  const killed = await runUntil(MIDDLE_MS, [], (child) => {
    child.kill('SIGKILL')
  })
  expect(killed.exitCode, killed.stdout).toBeNull()
  const { exitCode, stdout, stderr } = await run(['--resume', '--json', '-'])
  expect(exitCode, stderr).toBe(0)
  expect(keptRows(stderr), stderr).toBeGreaterThan(0)
  expectSameFigures(JSON.parse(stdout) as Report)
})

test('an interrupted run says how to go on; without --resume it starts anew', async () => {
  const interrupted = await runUntil(MIDDLE_MS, [], (child) => {
    child.kill('SIGINT')
  })
  expect(interrupted.exitCode).toBe(130)
  expect(interrupted.stderr).toContain('the same command with --resume goes on from there.')
  expect(keptFolders()).toHaveLength(1)
  const again = await runUntil(0, [], (child) => {
    child.kill('SIGINT')
  })
  expect(again.stdout).not.toContain('kept')
  expect(again.stdout).not.toContain('goes on after')
})

test('a browser that is killed gives exit code 3, a JSON reason and a run to resume', async () => {
  const json = join(folder, 'report.json')
  const { exitCode, stderr } = await runUntil(MIDDLE_MS, ['--resume', '--json', json], (_, pid) => {
    killAll(descendants(pid))
  })
  expect(exitCode, stderr).toBe(3)
  const { error } = JSON.parse(readFileSync(json, 'utf8')) as {
    error: { code: string; message: string; advice: string }
  }
  expect(error.code).toBe('worker-failed')
  expect(error.message).toMatch(/^The (browser|page) (ended|crashed)/)
  expect(error.advice).toContain('try again with fewer models')
  expect(stderr).toContain(error.message)
  expect(stderr).toContain('with --resume')
  const resumed = await run(['--resume', '--json', json])
  expect(resumed.exitCode, resumed.stderr).toBe(0)
  expect(keptRows(resumed.stdout), resumed.stdout).toBeGreaterThan(0)
  expectSameFigures(JSON.parse(readFileSync(json, 'utf8')) as Report)
})

test('a second command at the same comparison works without keeping anything', async () => {
  let second: Promise<CommandResult> | null = null
  const first = await runUntil(0, [], () => {
    second = run(['--json', '-'])
  })
  expect(first.exitCode, first.stderr).toBe(0)
  const { exitCode, stdout, stderr } = await (second ?? first)
  expect(exitCode, stderr).toBe(0)
  expect(stderr).toContain('Another command is at this comparison')
  expectSameFigures(JSON.parse(stdout) as Report)
  expect(keptFolders()).toEqual([])
})

test('what nobody came back for goes after two weeks', async () => {
  await runUntil(0, [], (child) => {
    child.kill('SIGINT')
  })
  const [kept = ''] = keptFolders()
  const old = join(folder, 'bakeoff', 'runs', kept)
  const fifteenDaysAgo = Date.now() / 1000 - 15 * 24 * 60 * 60
  utimesSync(old, fifteenDaysAgo, fifteenDaysAgo)
  const other = ['compare', demoModel('digits_linear'), '--data', join(folder, 'digits.csv')]
  const options = { env: { XDG_CACHE_HOME: folder } }
  const { exitCode, stderr } = await runBakeoff([...other, '--resume'], options)
  expect(exitCode, stderr).toBe(0)
  expect(stderr).toContain('No unfinished run of this comparison is kept')
  expect(keptFolders()).toEqual([])
})
