import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureBuilt } from './ensure-built.mjs'
import { failedTests } from './failed-tests.mjs'
import { describeFaultCases, faultCases } from './fault-cases.mjs'
import { installChromium } from './install-chromium.mjs'
import { fromRoot } from './repository.mjs'
import { runNode } from './run-command.mjs'
import { reportPath, STAGES } from './test-stages.mjs'

/**
 * @typedef {import('./test-stages.mjs').Stage} Stage
 * @typedef {import('./test-counts.mjs').Counts} Counts
 */

/**
 * `npm test`: every stage in order, or the ones named. The last line is `N passed, N failed`, where
 * types, lint and format count one each.
 * @param {readonly string[]} names
 * @returns {Promise<number>} exit code
 */
export async function runTests(names) {
  const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name))
  if (unknown.length > 0) {
    const known = STAGES.map((stage) => stage.name).join(', ')
    console.error(`No such stage: ${unknown.join(', ')}. Stages: ${known}.`)
    return 2
  }
  const stages = STAGES.filter((stage) => names.length === 0 || names.includes(stage.name))
  /** @type {NodeJS.ProcessEnv} */
  const env = {}
  if (stages.some((stage) => stage.needsChromium)) {
    const chromium = await installChromium()
    if (chromium === null) return 1
    env['BAKEOFF_CHROMIUM'] = chromium
  }
  const total = { passed: 0, failed: 0 }
  /** @type {Map<number, boolean>} */
  const cases = new Map()
  /** @type {string[]} */
  const failures = []
  for (const stage of stages) {
    console.log(`\n── ${stage.name} ──`)
    const counts = await runStage(stage, env)
    total.passed += counts.passed
    total.failed += counts.failed
    const report = stage.count === null ? null : readReport(stage.name)
    faultCases(report, cases)
    const names = failedTests(report)
    if (counts.failed > 0)
      failures.push(
        ...(names.length > 0 ? names : ['see above']).map((name) => `${stage.name}: ${name}`),
      )
  }
  if (cases.size > 0) console.log(`\n${describeFaultCases(cases)}`)
  if (failures.length > 0)
    console.log(`\nFailed:\n${failures.map((name) => `  ${name}\n`).join('')}`)
  console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed`)
  return total.failed === 0 ? 0 : 1
}

/**
 * @param {Stage} stage
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Counts>}
 */
async function runStage(stage, env) {
  if (stage.needsBuild && !(await ensureBuilt())) return { passed: 0, failed: 1 }
  const report = fromRoot(reportPath(stage.name))
  mkdirSync(fromRoot('test-results'), { recursive: true })
  // A report of an earlier run must not be counted for this one.
  rmSync(report, { force: true })
  const { exitCode } = await runNode(stage.args, {
    output: 'show',
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  const counts =
    stage.count === null ? gate(exitCode) : (readCounts(report, stage.count) ?? gate(exitCode || 1))
  // A runner that fails without a failed test (an unhandled error, no test found) is a failure.
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** @param {number} exitCode */
function gate(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * @param {string} path
 * @param {(report: unknown) => Counts} count
 * @returns {Counts | null} Null where there is no report that can be read.
 */
function readCounts(path, count) {
  try {
    return count(parseReport(path))
  } catch (error) {
    console.error(`No test report: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

/** @param {string} path */
function parseReport(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** @param {string} stage */
function readReport(stage) {
  try {
    return parseReport(fromRoot(reportPath(stage)))
  } catch {
    // A stage that left no report has been counted as failed already.
    return null
  }
}
