import { failedTests } from './failed-tests.mjs'
import { describeFaultCases, faultCases } from './fault-cases.mjs'
import { installChromium } from './install-chromium.mjs'
import { runStage } from './run-stage.mjs'
import { STAGE_GROUPS } from './test-stages.mjs'

/** @typedef {import('./run-stage.mjs').StageResult} StageResult */

/**
 * `npm test`: every stage in order, or the ones named. The last line is `N passed, N failed`, where
 * types, lint and format count one each.
 * @param {readonly string[]} names
 * @returns {Promise<number>} exit code
 */
export async function runTests(names) {
  const known = STAGE_GROUPS.flat().map(({ name }) => name)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    console.error(`No such stage: ${unknown.join(', ')}. Stages: ${known.join(', ')}.`)
    return 2
  }
  const groups = STAGE_GROUPS.map((group) =>
    group.filter(({ name }) => names.length === 0 || names.includes(name)),
  )
  /** @type {NodeJS.ProcessEnv} */
  const env = {}
  if (groups.flat().some(({ needsChromium }) => needsChromium)) {
    const chromium = await installChromium()
    if (chromium === null) return 1
    env['BAKEOFF_CHROMIUM'] = chromium
  }
  /** @type {StageResult[]} */
  const results = []
  for (const group of groups) results.push(...(await runGroup(group, env)))
  return summarise(results)
}

/**
 * @param {readonly import('./test-stages.mjs').Stage[]} group
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<readonly StageResult[]>}
 */
async function runGroup(group, env) {
  if (group.length > 0) console.log(`\n── ${group.map(({ name }) => name).join(', ')} ──`)
  // What several say at once is kept, and shown one after another.
  const output = group.length > 1 ? 'keep' : 'show'
  const results = await Promise.all(group.map((stage) => runStage(stage, { env, output })))
  for (const { stage, output, seconds, note } of results) {
    if (output !== '') console.log(`\n─ ${stage.name} ─\n${output.trimEnd()}`)
    console.log(`${stage.name}: ${seconds.toFixed(0)} s${note === null ? '' : `, ${note}`}`)
  }
  return results
}

/**
 * @param {readonly StageResult[]} results
 * @returns {number} exit code
 */
function summarise(results) {
  const total = { passed: 0, failed: 0 }
  /** @type {Map<number, boolean>} */
  const cases = new Map()
  /** @type {string[]} */
  const failures = []
  for (const { stage, counts, report, note } of results) {
    total.passed += counts.passed
    total.failed += counts.failed
    faultCases(report, cases)
    if (note !== null) console.log(`\n${stage.name} was ${note}.`)
    const tests = failedTests(report)
    const lines = tests.length > 0 ? tests : ['see above']
    if (counts.failed > 0) failures.push(...lines.map((line) => `  ${stage.name}: ${line}\n`))
  }
  if (cases.size > 0) console.log(`\n${describeFaultCases(cases)}`)
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('')}`)
  console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed`)
  return total.failed === 0 ? 0 : 1
}
