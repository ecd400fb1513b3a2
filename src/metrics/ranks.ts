/**
 * Ranks 1 … n by rising value; equal values share the mean of the ranks that they take up. NaN has
 * no rank: it gets NaN, and the rest is ranked without it.
 *
 * scikit-learn's counterpart: `scipy.stats.rankdata(values, method="average")`. Cost: one native
 * sort and a binary search per value.
 */
export function ranks(values: Float64Array): Float64Array {
  const distinct = values.slice().sort()
  const averages = new Float64Array(distinct.length)
  // The sorted copy is packed in place: each different value, and the mean rank of its run.
  let count = 0
  for (let start = 0; start < distinct.length; count += 1) {
    const value = distinct[start] as number
    let end = start + 1
    while (end < distinct.length && distinct[end] === value) end += 1
    distinct[count] = value
    averages[count] = (start + 1 + end) / 2
    start = end
  }
  return values.map((value) =>
    Number.isNaN(value) ? NaN : (averages[lowerBound(distinct, count, value)] as number),
  )
}

function lowerBound(sorted: Float64Array, count: number, value: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
