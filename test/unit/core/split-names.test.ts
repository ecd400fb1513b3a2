import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinNames, splitNames } from '../../../src/core/split-names'

describe('splitNames', () => {
  it.each<[string, readonly string[] | null]>([
    ['', []],
    ['a', ['a']],
    [' a , b,,c ', ['a', 'b', 'c']],
    ['"a, b", "c ""d"""', ['a, b', 'c "d"']],
    ['" a " , b', [' a ', 'b']],
    ['"open', null],
  ])('reads %j', (text, names) => {
    expect(splitNames(text)).toEqual(names)
  })

  it('reads what joinNames writes', () => {
    const name = fc.string({ minLength: 1, unit: fc.constantFrom('a', '"', ',', ' ', 'é') })
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), (names) => {
        expect(splitNames(joinNames(names))).toEqual(names)
      }),
      { numRuns: 500, endOnFailure: true },
    )
  })
})
