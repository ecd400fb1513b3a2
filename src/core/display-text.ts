/** Longest name from a file that is shown in full. */
export const DISPLAY_LIMIT = 200
/** Longest one within a sentence. */
const QUOTE_LIMIT = 80

/**
 * A name from a file, fit to be shown: control and direction-changing characters removed, white
 * space of any kind made one space, halves of surrogate pairs replaced, and cut to `limit`
 * characters with an ellipsis. Equal names stay equal; different ones may become equal.
 */
export function displayText(text: string, limit: number = DISPLAY_LIMIT): string {
  // Names of megabytes exist in hostile files; only what can be shown is looked at.
  const head = text.slice(0, limit * 4)
  const clean = head
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}\u200b\ufeff]/gu, '')
    .trim()
  const characters = Array.from(clean)
  if (characters.length <= limit && head.length === text.length) return clean
  return `${characters.slice(0, limit - 1).join('')}…`
}

/** {@link displayText} in double quotes, short enough for a sentence. */
export function quoted(text: string): string {
  return `"${displayText(text, QUOTE_LIMIT)}"`
}
