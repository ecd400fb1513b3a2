import { expect, test } from 'vitest'
import { closestName } from '../../../src/core/closest-name'

const KNOWN = ['data', 'target', 'sequential-up-to', 'json']

test.each([
  ['dta', 'data'],
  ['daat', 'data'],
  ['targte', 'target'],
  ['sequential', null],
  ['x', null],
  ['', null],
  ['jason', 'json'],
  ['data', 'data'],
])('the name nearest to "%s" is %s', (typed, meant) => {
  expect(closestName(typed, KNOWN)).toBe(meant)
})

test('has nothing to suggest where nothing is known', () => {
  expect(closestName('data', [])).toBeNull()
})
