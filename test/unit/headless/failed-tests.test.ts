import { expect, test } from 'vitest'
import { failedTests } from '../../../src/headless/failed-tests.mjs'

test('names the failed tests of Vitest and the files that did not load', () => {
  const report = {
    numFailedTests: 1,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'adds', title: 'adds', status: 'passed', failureMessages: [] },
          {
            fullName: 'sums takes two',
            title: 'takes two',
            status: 'failed',
            failureMessages: ['Error: 3 is not 4\n    at a.test.ts:1:2'],
          },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'Cannot find c', assertionResults: [] },
    ],
  }
  expect(failedTests(report)).toEqual([
    'sums takes two: Error: 3 is not 4',
    'b.test.ts: Cannot find c',
  ])
})

test('names the failed tests of Playwright by file, without colours', () => {
  const result = { status: 'failed', error: { message: '\u001b[31mtoo late\u001b[39m\nat x' } }
  const specs = [
    { title: 'runs', ok: true, file: 'run.spec.ts', tests: [] },
    { title: 'stops', ok: false, file: 'run.spec.ts', tests: [{ results: [result] }] },
  ]
  const report = { suites: [{ title: 'run.spec.ts', file: 'run.spec.ts', specs }], errors: [] }
  expect(failedTests(report)).toEqual(['run.spec.ts › stops: too late'])
})

test('finds none in a report without failures, nor where there is no report', () => {
  expect(failedTests({ testResults: [{ name: 'a', status: 'passed' }] })).toEqual([])
  expect(failedTests(null)).toEqual([])
})
