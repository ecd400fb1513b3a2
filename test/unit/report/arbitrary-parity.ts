import fc from 'fast-check'
import type { ParityDetails } from '../../../src/core/report'

/** What a report holds of a parity check. */
export function arbitraryParity({
  text,
  count,
  number,
  figure,
}: {
  readonly text: fc.Arbitrary<string>
  readonly count: fc.Arbitrary<number>
  readonly number: fc.Arbitrary<number>
  readonly figure: fc.Arbitrary<number | null>
}): fc.Arbitrary<ParityDetails> {
  const side = fc.oneof(number, fc.constantFrom(null, 'NaN', '-Infinity'))

  return fc.record({
    against: fc.constantFrom('baseline' as const, 'recorded' as const, 'itself' as const),
    outputs: fc.array(
      fc.record({
        output: text,
        counterpart: text,
        width: count,
        kind: fc.constantFrom('labels' as const, 'values' as const),
        type: fc.constantFrom('float32' as const, 'int64' as const),
      }),
      { maxLength: 2 },
    ),
    rows: count,
    numbers: count,
    tolerance: fc.record({ absolute: number, relative: number }),
    closeRows: fc.option(count, { nil: null }),
    changedRows: fc.option(count, { nil: null }),
    differences: fc.option(
      fc
        .tuple(fc.array(count, { maxLength: 4 }), count, count)
        .map(([counts, identical, unsized]) => ({
          ...{ counts, identical, unsized },
          edges: counts.length === 0 ? [] : [1e-9, ...counts.map((_, bin) => 10 ** (bin - 8))],
        })),
      { nil: null },
    ),
    worst: fc.array(
      fc.record({
        row: count,
        difference: figure,
        output: fc.option(text, { nil: null }),
        expected: side,
        answered: side,
        classes: fc.option(fc.tuple(text, text), { nil: null }),
      }),
      { maxLength: 2 },
    ),
  })
}
