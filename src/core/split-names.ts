/**
 * Names between commas. One that holds a comma, a double quote or white space at an end stands in double
 * quotes, as in CSV, with double quotes in it written twice. Null where a quote stays open. White space
 * outside of quotes and empty names are dropped.
 */
export function splitNames(text: string): readonly string[] | null {
  const names: string[] = []
  let part = { text: '', isQuoted: false }
  let isOpen = false
  const finish = () => {
    const name = part.isQuoted ? part.text : part.text.trim()
    if (name !== '') names.push(name)
    part = { text: '', isQuoted: false }
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (isOpen && character === '"' && text.charAt(at + 1) === '"') {
      part.text += '"'
      at += 1
    } else if (character === '"') {
      if (!isOpen && part.text.trim() === '') part = { text: '', isQuoted: true }
      isOpen = !isOpen
    } else if (character === ',' && !isOpen) {
      finish()
    } else if (isOpen || !part.isQuoted || character.trim() !== '') {
      part.text += character
    }
  }
  if (isOpen) return null
  finish()
  return names
}

/** The text that {@link splitNames} reads as these names. */
export function joinNames(names: readonly string[]): string {
  return names
    .map((name) =>
      /[",]/.test(name) || name !== name.trim() ? `"${name.replaceAll('"', '""')}"` : name,
    )
    .join(', ')
}
