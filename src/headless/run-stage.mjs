import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureBuilt } from './ensure-built.mjs'
import { fromRoot } from './repository.mjs'
import { runNode, STOPPED_AT_LIMIT } from './run-command.mjs'
import { reportPath } from './test-stages.mjs'

/**
 * @typedef {import('./test-stages.mjs').Stage} Stage
 * @typedef {import('./test-counts.mjs').Counts} Counts
 */

/**
 * @typedef {object} StageResult
 * @property {Stage} stage
 * @property {Counts} counts
 * @property {unknown} report What its runner wrote; null for a single check, and where it left none.
 * @property {string} output What was kept of it.
 * @property {number} seconds
 * @property {string | null} note On the runner itself, where something was wrong with it.
 */

/**
 * Runs a stage of `npm test`. A runner that had to be killed at its limit is given one more try:
 * Vitest's pool of processes can fail to end (https://github.com/vitest-dev/vitest/issues/10162). The
 * note says so.
 * @param {Stage} stage
 * @param {{ readonly env: NodeJS.ProcessEnv, readonly output: 'show' | 'keep' }} options
 * @returns {Promise<StageResult>}
 */
export async function runStage(stage, options) {
  const start = performance.now()
  const first = await tryStage(stage, options)
  const isStuck = first.exitCode === STOPPED_AT_LIMIT
  const last = isStuck ? await tryStage(stage, options) : first
  const minutes = String(stage.limitMs / 60_000)
  return {
    stage,
    counts: countsOf(stage, last),
    report: last.report,
    output: last.output,
    seconds: (performance.now() - start) / 1000,
    note: isStuck ? `killed after ${minutes} minutes without an end, and run once more` : null,
  }
}

/**
 * @typedef {object} Try
 * @property {number} exitCode
 * @property {string} output
 * @property {unknown} report
 */

/**
 * @param {Stage} stage
 * @param {{ readonly env: NodeJS.ProcessEnv, readonly output: 'show' | 'keep' }} options
 * @returns {Promise<Try>}
 */
async function tryStage(stage, { env, output }) {
  if (stage.needsBuild && !(await ensureBuilt())) return { exitCode: 1, output: '', report: null }
  const path = fromRoot(reportPath(stage.name))
  mkdirSync(fromRoot('test-results'), { recursive: true })
  // A report of an earlier run must not be counted for this one.
  rmSync(path, { force: true })
  const ended = await runNode(stage.args, {
    output,
    env: { ...env, BAKEOFF_STAGE: stage.name, PLAYWRIGHT_JSON_OUTPUT_FILE: path },
    limitMs: stage.limitMs,
  })
  return { ...ended, report: stage.count === null ? null : readReport(path) }
}

/**
 * @param {Stage} stage
 * @param {Try} last
 * @returns {Counts}
 */
function countsOf({ count }, { exitCode, report }) {
  const gate = exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  if (count === null) return gate
  const counts = report === null ? { passed: 0, failed: 1 } : count(report)
  // A runner that fails without a failed test (an unhandled error, no test found) is a failure.
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/**
 * @param {string} path
 * @returns {unknown} Null where there is none that can be read.
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    console.error(`No test report: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}
