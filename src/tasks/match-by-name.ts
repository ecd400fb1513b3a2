/**
 * Index of the column for each input name: an equal name first, then one that is equal but for
 * case, spaces and punctuation (exporters rewrite them), if it is the only such column. No column
 * is used twice. −1 where there is none.
 */
export function matchByName(inputs: readonly string[], columns: readonly string[]): number[] {
  const exact = new Map(columns.map((name, index) => [name, index]))
  const loose = new Map<string, number[]>()
  for (const [index, name] of columns.entries()) {
    const key = normalise(name)
    const indices = loose.get(key)
    if (indices === undefined) loose.set(key, [index])
    else indices.push(index)
  }
  const taken = new Set<number>()
  const matches = inputs.map((name) => take(exact.get(name), taken))
  return matches.map((match, position) => {
    if (match >= 0) return match
    const key = normalise(inputs[position] ?? '')
    const free = (loose.get(key) ?? []).filter((index) => !taken.has(index))
    return key !== '' && free.length === 1 ? take(free[0], taken) : -1
  })
}

function take(index: number | undefined, taken: Set<number>): number {
  if (index === undefined || taken.has(index)) return -1
  taken.add(index)
  return index
}

function normalise(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
