import type { ResampledGroup } from './bootstrap'
import { rankOrder } from './rank-order'

/** A random look-up into counts of many rows takes as long as some eight steps. */
const STEPS_PER_LOOKUP = 8

/**
 * Median over the drawn rows, the mean of the two middle values for an even number: one figure.
 * @param valuesOf called once, and only where the figure is made: of too many rows it is not
 *
 * Cost: half a pass in the order of the values; they are sorted once.
 */
export function resampledMedian(rows: number, valuesOf: () => Float64Array): ResampledGroup {
  let sorted: { readonly values: Float64Array; readonly order: Uint32Array } | null = null
  const lowerPlace = (rows - 1) >>> 1
  const upperPlace = rows >>> 1
  return {
    size: 1,
    steps: (STEPS_PER_LOOKUP * rows) / 2,
    compute: (counts, figures) => {
      sorted ??= inOrder(valuesOf())
      const { values, order } = sorted
      let seen = 0
      let lower = NaN
      for (const row of order) {
        seen += counts[row] as number
        if (Number.isNaN(lower) && seen > lowerPlace) lower = values[row] as number
        if (seen > upperPlace) {
          figures[0] = lower + ((values[row] as number) - lower) / 2
          return
        }
      }
      figures[0] = NaN
    },
  }
}

function inOrder(values: Float64Array) {
  return { values, order: rankOrder(values).order }
}
