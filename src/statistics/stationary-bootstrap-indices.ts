import type { Blocks } from './stationary-blocks'

/** The rows of a resample, one by one: row `indices[t]` of the series stands at place t. */
export function stationaryBootstrapIndices({ count, starts, lengths }: Blocks): Int32Array {
  const rows = starts.length
  const indices = new Int32Array(rows)
  let place = 0
  for (let block = 0; block < count; block += 1) {
    const start = starts[block] as number
    for (let step = 0; step < (lengths[block] as number); step += 1) {
      indices[place] = (start + step) % rows
      place += 1
    }
  }
  return indices
}
