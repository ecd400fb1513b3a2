/**
 * Finds the image that each name of a label file means: by its path, else by the end of its path, else
 * without the ending of the file name, as image sets for competitions write them.
 * @returns by name: the index of its image; −1 where there is none, or more than one
 */
export function matchImageNames(
  names: readonly (string | null)[],
  paths: readonly string[],
): Int32Array {
  const byTail = new Map<string, number>()
  for (const [index, path] of paths.entries()) {
    for (const tail of tailsOf(path)) byTail.set(tail, byTail.has(tail) ? -1 : index)
  }
  return Int32Array.from(names, (name) => {
    if (name === null) return -1
    const plain = name
      .trim()
      .replaceAll('\\', '/')
      .replace(/^(\.?\/)+/u, '')
    return byTail.get(plain) ?? -1
  })
}

/** `a/b/c.png`, `b/c.png`, `c.png`, and each without its ending. */
function tailsOf(path: string): ReadonlySet<string> {
  const parts = path.split('/')
  const tails = new Set<string>()
  for (let from = 0; from < parts.length; from++) {
    const tail = parts.slice(from).join('/')
    tails.add(tail)
    tails.add(tail.replace(/\.[^./]+$/u, ''))
  }
  return tails
}
