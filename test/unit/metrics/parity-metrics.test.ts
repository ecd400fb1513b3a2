import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricValue, ParityAnswers } from '../../../src/core/metric'
import { DEFAULT_TOLERANCE } from '../../../src/core/tolerance'
import { parityMetrics } from '../../../src/metrics/parity-metrics'

type Cell = number | null | 'inf' | '-inf'

interface Case {
  readonly name: string
  readonly tolerance: ParityAnswers['tolerance']
  readonly reference: readonly (readonly Cell[])[]
  readonly answered: readonly (readonly Cell[])[]
  readonly expected: Readonly<Record<string, MetricValue>>
}

/** What `test/reference/make_parity.py` writes. */
const { cases } = JSON.parse(
  readFileSync(new URL('../../reference/parity.expected.json', import.meta.url), 'utf8'),
) as { cases: readonly Case[] }

function answersOf(
  reference: readonly (readonly number[])[],
  answered: readonly (readonly number[])[],
  tolerance = DEFAULT_TOLERANCE,
): ParityAnswers {
  const width = reference[0]?.length ?? 0
  const classOf = (row: readonly number[]) =>
    row.some((value) => Number.isNaN(value)) ? -1 : row.indexOf(Math.max(...row))
  return {
    ...{ rows: reference.length, width, tolerance },
    reference: Float64Array.from(reference.flat()),
    answered: Float64Array.from(answered.flat()),
    classes:
      width < 2
        ? null
        : {
            reference: Int32Array.from(reference, classOf),
            answered: Int32Array.from(answered, classOf),
          },
  }
}

function numbers(rows: readonly (readonly Cell[])[]): readonly (readonly number[])[] {
  const number = (cell: Cell) =>
    typeof cell === 'string' ? (cell === 'inf' ? Infinity : -Infinity) : (cell ?? NaN)
  return rows.map((row) => row.map(number))
}

function figures(answers: ParityAnswers): Readonly<Record<string, MetricValue>> {
  return Object.fromEntries(parityMetrics.map(({ id, compute }) => [id, compute(answers)]))
}

describe('parity metrics', () => {
  it.each(cases)('are NumPy’s: $name', ({ reference, answered, tolerance, expected }) => {
    const found = figures(answersOf(numbers(reference), numbers(answered), tolerance))
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted())
    for (const [id, value] of Object.entries(expected)) {
      const figure = found[id] ?? null
      if (value === null || figure === null) expect(figure, id).toBe(value)
      // Sums in another order: float64 bears 12 digits and more.
      else expect(Math.abs(figure - value), id).toBeLessThanOrEqual(1e-12 * Math.abs(value))
    }
  })

  it('are undefined without rows', () => {
    expect(Object.values(figures(answersOf([], [])))).toEqual(parityMetrics.map(() => null))
  })

  it('hold for float32 answers as they are', () => {
    const answers = answersOf([[0.1, 0.2]], [[0.1, 0.2]])
    const single = { ...answers, answered: Float32Array.of(0.1, 0.2) }
    expect(figures(single)['maxAbsDifference']).toBe(Math.fround(0.2) - 0.2)
    expect(figures(single)['withinTolerance']).toBe(1)
  })

  it('do not depend on which side is the reference, but for range and tolerance', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    const rows = fc.array(fc.tuple(value, value, value, value), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(rows, (drawn) => {
        const one = drawn.map(([a, b]) => [a, b])
        const other = drawn.map(([, , c, d]) => [c, d])
        const [there, back] = [figures(answersOf(one, other)), figures(answersOf(other, one))]
        for (const id of ['maxAbsDifference', 'meanAbsDifference', 'rmsDifference']) {
          expect(there[id]).toBe(back[id])
        }
        const [mean, rms, most] = ['meanAbsDifference', 'rmsDifference', 'maxAbsDifference'].map(
          (id) => there[id] ?? NaN,
        ) as [number, number, number]
        expect(mean).toBeLessThanOrEqual(rms * (1 + 1e-12))
        expect(rms).toBeLessThanOrEqual(most * (1 + 1e-12))
      }),
      { numRuns: 100, endOnFailure: true },
    )
  })
})
