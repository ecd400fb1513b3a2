const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])
const CHARACTERS: ReadonlyMap<string, string> = new Map(
  [...ESCAPES].map(([character, escape]) => [escape, character]),
)

/** For text and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES.get(character) ?? character)
}

/** Undoes {@link escapeHtml}; knows no other entity. */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot|#39);/g, (escape) => CHARACTERS.get(escape) ?? escape)
}
