/** The plain form of a label that is a whole number (`1.0`, `+1`, ` 1` → `1`), else null. */
export function integerLabel(text: string): string | null {
  if (!/^\s*[+-]?\d{1,20}(\.0{0,20})?\s*$/.test(text)) return null
  const value = Number(text)
  return Number.isSafeInteger(value) ? String(value + 0) : null
}
