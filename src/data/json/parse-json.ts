import { displayText } from '../../core/display-text'
import { Refusal } from '../../core/refusal'

/**
 * @param where completes "… holds no valid JSON in"; empty for a whole file
 * @throws {Refusal} with the parser's own words, which name the place
 */
export function parseJson(text: string, where: string): unknown {
  try {
    // A null prototype is not needed: `__proto__` becomes a property of its own, and keys are listed.
    return JSON.parse(text) as unknown
  } catch (error) {
    const words = error instanceof Error ? displayText(error.message, 120) : ''
    const finding = `is no valid JSON${where === '' ? '' : ` in ${where}`}: ${words}`
    const advice = /NaN|Infinity/.test(text.slice(0, 2 ** 20))
      ? 'JSON has no NaN and no Infinity: write null for missing values.'
      : 'Check that place in the file, or export the data again.'
    throw new Refusal('data-malformed', finding, advice)
  }
}
