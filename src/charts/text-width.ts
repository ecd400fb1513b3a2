/** Of an average letter, as share of the font size: system fonts are a little narrower. */
const LETTER = 0.56
/** From Hangul on letters are as wide as high. */
const WIDE = 0x1100

/** Width of a text in pixels, rather too wide than too narrow: a drawing is made without a screen. */
export function textWidth(text: string, size = 12): number {
  let width = 0
  for (const character of text) {
    width += (character.codePointAt(0) ?? 0) >= WIDE && character > '\u206f' ? 1 : LETTER
  }
  return width * size
}

/** Names of one family differ at their ends more often than at their starts. */
const TAIL = 0.6

/** The text, or its start and end with an ellipsis between, as much as fits. */
export function fitText(text: string, width: number, size = 12): string {
  // Widths are sums: what fits exactly may miss by a rounding.
  if (textWidth(text, size) <= width + 0.01) return text
  const characters = Array.from(text)
  for (let kept = characters.length - 1; kept > 0; kept -= 1) {
    const tail = Math.floor(kept * TAIL)
    const head = characters
      .slice(0, kept - tail)
      .join('')
      .trimEnd()
    const end = tail === 0 ? '' : characters.slice(-tail).join('').trimStart()
    const short = `${head}…${end}`
    if (textWidth(short, size) <= width) return short
  }
  return '…'
}
