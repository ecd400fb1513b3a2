/** What several files are called together: the first by its name, and how many more. */
export function jointName(names: readonly string[]): string {
  const [first = '', second] = names
  if (second === undefined) return first
  return names.length === 2
    ? `${first} and ${second}`
    : `${first} and ${String(names.length - 1)} more files`
}
