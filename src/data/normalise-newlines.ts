/**
 * Makes every line break outside quoted fields one LF; inside them texts stay as they are.
 * `text` starts at the start of a row. Papa Parse splits rows at one kind of line break only,
 * while files that were joined or edited on two systems hold several.
 */
export function normaliseNewlines(text: string, delimiter: string): string {
  if (!text.includes('\r')) return text
  if (!text.includes('"')) return toLineFeeds(text)
  const parts: string[] = []
  let position = 0
  for (;;) {
    const open = findOpeningQuote(text, position, delimiter)
    if (open === -1) break
    const close = findClosingQuote(text, open + 1)
    parts.push(toLineFeeds(text.slice(position, open)), text.slice(open, close))
    position = close
  }
  parts.push(toLineFeeds(text.slice(position)))
  return parts.join('')
}

function toLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** A quote opens a field only where the field starts; elsewhere it is a character like others. */
function findOpeningQuote(text: string, from: number, delimiter: string): number {
  let quote = text.indexOf('"', from)
  while (quote > 0) {
    const before = text.charAt(quote - 1)
    if (before === delimiter || before === '\n' || before === '\r') return quote
    quote = text.indexOf('"', quote + 1)
  }
  return quote
}

/** Index after the closing quote, or the text's length; doubled quotes belong to the field. */
function findClosingQuote(text: string, from: number): number {
  let quote = text.indexOf('"', from)
  while (quote !== -1 && text.charAt(quote + 1) === '"') quote = text.indexOf('"', quote + 2)
  return quote === -1 ? text.length : quote + 1
}
