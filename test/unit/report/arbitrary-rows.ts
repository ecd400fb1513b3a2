import * as fc from 'fast-check'
import { SAMPLE_KINDS, type ChosenRows } from '../../../src/core/row-choice'

const count = fc.nat()

/** How rows could have been chosen, with names and conditions of `text`. */
export function arbitraryRows(text: fc.Arbitrary<string>): fc.Arbitrary<ChosenRows> {
  return fc.record({
    ...{ tableRows: count, matchedRows: count, completeRows: count, sha256: text },
    filter: fc.array(fc.record({ column: fc.option(text, { nil: null }), text }), { maxLength: 2 }),
    sample: fc.option(
      fc.record({
        kind: fc.constantFrom(...SAMPLE_KINDS),
        rows: count,
        seed: fc.option(count, { nil: null }),
        by: fc.option(text, { nil: null }),
      }),
      { nil: null },
    ),
  })
}
