import { describe, expect, it } from 'vitest'
import { parseCondition } from '../../../src/tasks/parse-condition'

const NUMBERS = [-1, 0, 1, 2, 12, NaN]
const TEXTS = ['b', 'Beta', '2', '12', 'a..b', '>1']

/** Numbers and texts that fulfil a condition, and whether a missing text does. */
function passing(typed: string) {
  const test = parseCondition(typed)
  if (test === null) return null
  return {
    numbers: NUMBERS.filter((value) => test.number(value)),
    texts: TEXTS.filter((text) => test.text(text)),
    missing: test.missing,
  }
}

describe('parseCondition', () => {
  it.each([
    ['>1', [2, 12], ['2', '12'], false],
    ['> 1', [2, 12], ['2', '12'], false],
    ['>=1', [1, 2, 12], ['2', '12'], false],
    ['≤ 0', [-1, 0], [], false],
    ['<-0.5', [-1], [], false],
    ['0..2', [0, 1, 2], ['2'], false],
    ['-1 .. 0', [-1, 0], [], false],
    ['2', [2], ['2'], false],
    ['2.0', [2], ['2'], false],
    ['=2', [2], ['2'], false],
    ['!=2', [-1, 0, 1, 12], ['b', 'Beta', '12', 'a..b', '>1'], false],
    ['=beta', [], ['Beta'], false],
    ['B', [], ['b', 'Beta', 'a..b'], false],
    ['a..b', [], ['a..b'], false],
    ['=', [NaN], [], true],
    ['!=', [-1, 0, 1, 2, 12], TEXTS, false],
    ['>x', [], [], false],
    ['1e1..2e1', [12], ['12'], false],
  ] as const)('%s', (typed, numbers, texts, missing) => {
    expect(passing(typed)).toEqual({ numbers, texts, missing })
  })

  it('is fulfilled by every row when empty', () => {
    expect(parseCondition('  ')).toBeNull()
  })
})
