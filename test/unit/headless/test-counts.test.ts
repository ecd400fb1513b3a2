import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from '../../../src/headless/test-counts.mjs'

test('a Vitest file that never reached a test counts as one failure', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}, {}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  }
  expect(countVitest(report)).toEqual({ passed: 5, failed: 2 })
})

test('Playwright errors outside any test count as failures', () => {
  const report = { stats: { expected: 3, unexpected: 1, flaky: 1 }, errors: [{ message: 'x' }] }
  expect(countPlaywright(report)).toEqual({ passed: 4, failed: 2 })
})

test('a document that is no report is refused', () => {
  expect(() => countVitest({})).toThrow()
  expect(() => countPlaywright(null)).toThrow()
})
