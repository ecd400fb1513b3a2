import type { ResampledGroup } from './bootstrap'

/** Means over the drawn rows, one per column of values. Cost: a pass per column. */
export function resampledMeans(
  columns: readonly (Float32Array | Float64Array | Uint8Array)[],
): ResampledGroup {
  const rows = columns[0]?.length ?? 0
  return {
    size: columns.length,
    steps: columns.length * rows,
    compute: (counts, figures) => {
      columns.forEach((values, index) => {
        figures[index] = weightedSum(counts, values) / rows
      })
    },
  }
}

function weightedSum(counts: Uint8Array, values: Float32Array | Float64Array | Uint8Array): number {
  let sum = 0
  for (let row = 0; row < values.length; row += 1) {
    sum += (counts[row] as number) * (values[row] as number)
  }
  return sum
}
