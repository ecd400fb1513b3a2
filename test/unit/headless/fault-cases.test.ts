import { expect, it } from 'vitest'
import { describeFaultCases, faultCases } from '../../../src/headless/fault-cases.mjs'

const vitest = {
  testResults: [
    {
      status: 'failed',
      assertionResults: [
        { title: 'A3 run() never settles', status: 'passed' },
        { title: 'A3 run() never settles, again', status: 'failed' },
        { title: 'B13, B14 two crashes, three crashes', status: 'passed' },
        { title: 'names no case', status: 'passed' },
      ],
    },
  ],
}

const playwright = {
  suites: [
    {
      title: 'a.spec.ts',
      specs: [{ title: 'J77 a frozen tab', ok: true, tests: [{ status: 'expected' }] }],
      suites: [{ title: 'inner', specs: [{ title: 'K82 a holder that crashes', ok: false }] }],
    },
  ],
}

it('reads the cases that tests are named with, and whether all of a case passed', () => {
  const cases = faultCases(playwright, faultCases(vitest))
  expect(Object.fromEntries(cases)).toEqual({
    3: false,
    13: true,
    14: true,
    77: true,
    82: false,
  })
  expect(describeFaultCases(cases)).toBe('Fault cases: 3 passed of 88, 5 under test')
})
