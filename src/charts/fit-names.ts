import { fitText } from './text-width'

/**
 * Names cut to the first of some widths at which they can still be told apart, else to the last.
 * Equal names stay equal.
 * @param widths pixels, the narrowest first
 */
export function fitNames(names: readonly string[], widths: readonly number[]): readonly string[] {
  const different = new Set(names).size
  let fitted = names
  for (const width of widths) {
    fitted = names.map((name) => fitText(name, width))
    if (new Set(fitted).size === different) break
  }
  return fitted
}
