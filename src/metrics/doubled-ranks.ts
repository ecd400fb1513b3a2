/**
 * Twice the ranks 1 … n by rising value, so that they are whole numbers: equal values share the mean of
 * the ranks that they take up. Null where a value is NaN, which has no rank.
 *
 * SciPy: `2 * scipy.stats.rankdata(values, method="average")`. Cost: one native sort and a binary
 * search per value; beside the sorted copy, 8 bytes a value.
 */
export function doubledRanks(values: Float32Array | Float64Array): Uint32Array | null {
  const distinct = values.slice().sort()
  // Native sort puts NaN last.
  if (Number.isNaN(distinct.at(-1))) return null
  const averages = new Uint32Array(distinct.length)
  // The sorted copy is packed in place: each different value, and the mean rank of its run.
  let count = 0
  for (let start = 0; start < distinct.length; count += 1) {
    const value = distinct[start] as number
    let end = start + 1
    while (end < distinct.length && distinct[end] === value) end += 1
    distinct[count] = value
    averages[count] = start + 1 + end
    start = end
  }
  const ranks = new Uint32Array(values.length)
  for (let row = 0; row < ranks.length; row += 1) {
    ranks[row] = averages[lowerBound(distinct, count, values[row] as number)] as number
  }
  return ranks
}

function lowerBound(sorted: Float32Array | Float64Array, count: number, value: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
