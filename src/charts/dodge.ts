/**
 * Lanes for marks on one line, so that none lies on another: 0 in the middle, then 1 above, −1
 * below and so on. Where all lanes are taken, the mark covers the one that is farthest.
 * @param places along the line, pixels
 */
export function dodge(places: readonly number[], gap: number, lanes: number): readonly number[] {
  const ends = new Array<number>(lanes).fill(-Infinity)
  const order = places.map((at, index) => ({ at, index })).toSorted((a, b) => a.at - b.at)
  const placed = new Array<number>(places.length).fill(0)
  for (const { at, index } of order) {
    const free = ends.findIndex((end) => at - end >= gap)
    const lane = free === -1 ? ends.indexOf(Math.min(...ends)) : free
    ends[lane] = at
    placed[index] = lane % 2 === 1 ? (lane + 1) / 2 : -lane / 2
  }
  return placed.map((lane) => lane + 0)
}
