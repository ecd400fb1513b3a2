/** Rows in order of a value. */
export interface RankOrder {
  /** Rows by rising value; equal values in row order. */
  readonly order: Uint32Array
  /** 1 at the last place of each run of equal values. */
  readonly endsTie: Uint8Array
}

/**
 * Sorts rows by value and marks ties. Values may not be NaN.
 *
 * Cost: the engine's native sort of numbers, a binary search per row and a counting sort; a sort
 * with a comparator takes several times as long.
 */
export function rankOrder(values: Float64Array | Float32Array): RankOrder {
  const rows = values.length
  const distinct = values.slice().sort()
  const places = new Uint32Array(rows + 1)
  const endsTie = new Uint8Array(rows)
  let count = 0
  for (let place = 0; place < rows; place += 1) {
    const value = distinct[place] as number
    if (place + 1 < rows && distinct[place + 1] === value) continue
    endsTie[place] = 1
    distinct[count] = value
    count += 1
    places[count] = place + 1
  }
  const order = new Uint32Array(rows)
  for (let row = 0; row < rows; row += 1) {
    const group = find(distinct, count, values[row] as number)
    const place = places[group] as number
    order[place] = row
    places[group] = place + 1
  }
  return { order, endsTie }
}

function find(sorted: Float64Array | Float32Array, count: number, value: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
