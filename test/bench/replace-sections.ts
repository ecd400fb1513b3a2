/**
 * Results with new sections in place of those of the same title; a section of a new title comes last.
 * @param conditions what stands before the first section
 */
export function replaceSections(
  results: string,
  conditions: string,
  sections: readonly string[],
): string {
  const [, ...before] = results.split(/^(?=## )/m)
  const all = new Map([...before, ...sections].map((text) => [titleOf(text), `${text.trim()}\n`]))
  return `# Measured\n\n${conditions}\n\n${[...all.values()].join('\n')}`
}

function titleOf(section: string): string {
  return section.split('\n', 1)[0] ?? ''
}
