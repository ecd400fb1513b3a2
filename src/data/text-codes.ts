import { isMissing } from './parse-number'
import { DictionaryBudget } from './text-column'
import { Refusal } from '../core/refusal'

/** Texts as codes in order of first appearance; −1 for what stands for a missing value. */
export class TextCodes {
  readonly dictionary: string[] = []
  readonly #codes = new Map<string, number>()

  constructor(private readonly budget = new DictionaryBudget()) {}

  /** @throws {Refusal} where there are more different texts than memory has room for */
  codeOf(text: string): number {
    if (isMissing(text)) return -1
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    const code = this.dictionary.push(text) - 1
    this.#codes.set(text, code)
    this.budget.texts -= 1
    this.budget.characters -= text.length
    if (this.budget.isSpent) {
      throw new Refusal(
        'file-too-large',
        'holds too many different texts for memory',
        'Remove columns of free text and add the file again.',
      )
    }
    return code
  }
}
