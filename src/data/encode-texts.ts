/** Texts as codes into a dictionary in order of first appearance; null is missing, −1. */
export function encodeTexts(texts: readonly (string | null)[]): {
  readonly codes: Int32Array
  readonly dictionary: readonly string[]
  readonly missing: number
} {
  const codeOf = new Map<string, number>()
  let missing = 0
  const codes = Int32Array.from(texts, (text) => {
    if (text === null) {
      missing += 1
      return -1
    }
    const known = codeOf.get(text)
    if (known !== undefined) return known
    codeOf.set(text, codeOf.size)
    return codeOf.size - 1
  })
  return { codes, dictionary: [...codeOf.keys()], missing }
}
