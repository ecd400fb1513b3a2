import { displayText } from '../core/display-text'

/** Keeps `@name` and `#1` from becoming a mention or a reference, which no backslash does. */
const JOINER = '\u2060'

/** Sentences hold several names. */
const LONGEST = 2_000

/**
 * A text from a file as inline GitHub-flavoured Markdown: one line, no markup, no HTML, no link, no
 * mention, and no end of a table's cell.
 */
export function escapeMarkdown(text: string): string {
  return displayText(text, LONGEST)
    .replace(/[\\`*_{}[\]<>()#|~&!$]|:(?=\/\/)/g, '\\$&')
    .replace(/www\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/[@#](?=[\p{L}\p{N}])/gu, `$&${JOINER}`)
}
