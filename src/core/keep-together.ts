const NO_BREAK = '\u00a0'

/** A sentence in which no line ends within `p < 0.001` or `n = 629`, or before a unit. */
export function keepTogether(sentence: string): string {
  return sentence
    .replace(/\b([pn]) ([=<]) (?=\d)/g, `$1${NO_BREAK}$2${NO_BREAK}`)
    .replace(/(\d) (?=(?:ms|s|min|h|B|kB|MB|GB|%)(?![\w-]))/g, `$1${NO_BREAK}`)
}
