import type { FieldColumn } from './field-column'

/** More texts than these are put in the order of their code units: words of a language cost too much. */
const MOST_COLLATED = 20_000

/** Texts in the order that people expect, with numbers in them as numbers: `row 2` before `row 10`. */
const collator = new Intl.Collator('en', { numeric: true })

/** A number per row that rises with the field; NaN where it is missing. */
export function orderKeys(column: FieldColumn, rows: Uint32Array): Float64Array {
  const keys = new Float64Array(rows.length)
  if (column.kind === 'numeric') {
    const { values } = column
    for (let place = 0; place < rows.length; place += 1) {
      keys[place] = values[rows[place] as number] ?? NaN
    }
    return keys
  }
  const { codes } = column
  const ranks = ranksOf(column)
  for (let place = 0; place < rows.length; place += 1) {
    const code = codes[rows[place] as number] ?? -1
    keys[place] = code < 0 ? NaN : (ranks?.[code] ?? code)
  }
  return keys
}

const known = new WeakMap<readonly string[], Float64Array>()

/** By code; null where the codes are in order themselves. A dictionary is put in order once. */
function ranksOf({
  dictionary,
  isOrdered,
}: Extract<FieldColumn, { kind: 'text' }>): Float64Array | null {
  if (isOrdered) return null
  let ranks = known.get(dictionary)
  if (ranks !== undefined) return ranks
  const isCollated = dictionary.length <= MOST_COLLATED
  const order = Uint32Array.from(dictionary.keys()).sort((one, other) => {
    const [left = '', right = ''] = [dictionary[one], dictionary[other]]
    if (isCollated) return collator.compare(left, right)
    return left < right ? -1 : Number(left > right)
  })
  ranks = new Float64Array(dictionary.length)
  for (const [rank, code] of order.entries()) ranks[code] = rank
  known.set(dictionary, ranks)
  return ranks
}
