import type { ResampledGroup } from './bootstrap'

/** One group with the figures of all `groups`, one after another: they share one budget. */
export function joinedGroups(groups: readonly ResampledGroup[]): ResampledGroup {
  const scratches = groups.map(({ size }) => new Float64Array(size))
  return {
    size: groups.reduce((sum, { size }) => sum + size, 0),
    steps: groups.reduce((sum, { steps }) => sum + steps, 0),
    compute: (counts, figures) => {
      let offset = 0
      groups.forEach((group, index) => {
        const scratch = scratches[index] as Float64Array
        group.compute(counts, scratch)
        figures.set(scratch, offset)
        offset += group.size
      })
    },
  }
}
