/** `name`, or `name (2)`, `name (3)` … where it is taken. */
export function uniqueName(name: string, taken: Iterable<string>): string {
  const names = new Set(taken)
  let candidate = name
  for (let count = 2; names.has(candidate); count += 1) candidate = `${name} (${String(count)})`
  return candidate
}
