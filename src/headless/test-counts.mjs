import * as v from 'valibot'

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

const vitestReport = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  testResults: v.array(v.object({ status: v.string(), assertionResults: v.array(v.unknown()) })),
})

const playwrightReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number() }),
  errors: v.array(v.unknown()),
})

/**
 * Tests in a report of Vitest's JSON reporter. A file that failed before its first test (a wrong
 * import, say) counts as one failed test.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const { numPassedTests, numFailedTests, testResults } = v.parse(vitestReport, report)
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

/**
 * Tests in a report of Playwright's JSON reporter. Errors outside any test count as failed tests.
 * @param {unknown} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { stats, errors } = v.parse(playwrightReport, report)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length }
}
