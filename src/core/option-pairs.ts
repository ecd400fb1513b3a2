import Papa from 'papaparse'
import { quoted } from './display-text'
import { failed, success, type Outcome } from './failure'
import { formatList } from './format'

/**
 * Splits `key=value,key=value` of a command-line option. A pair whose value holds a comma stands in
 * double quotes, as in CSV. Fails on a pair without `=`, a key that is not in `keys`, and a key given
 * twice.
 * @param option as the user writes it, for messages: `--policy`
 */
export function optionPairs<Key extends string>(
  option: string,
  text: string,
  keys: readonly Key[],
): Outcome<ReadonlyMap<Key, string>> {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',' })
  const [cells] = data
  if (cells === undefined || errors.length > 0 || data.length > 1) {
    return failed(
      'setting-invalid',
      `${option} is ${quoted(text)}.`,
      'It takes key=value between commas, a pair with a comma in double quotes.',
    )
  }
  const pairs = new Map<Key, string>()
  for (const cell of cells) {
    const at = cell.indexOf('=')
    const typed = at === -1 ? cell.trim() : cell.slice(0, at).trim()
    const key = keys.find((known) => known === typed)
    if (key === undefined || at === -1) {
      return failed(
        'setting-invalid',
        key === undefined
          ? `${option} has no setting ${quoted(typed)}.`
          : `${option} gives no value for ${key}.`,
        key === undefined ? `Its settings are ${formatList(keys)}.` : `Write ${key}=VALUE.`,
      )
    }
    if (pairs.has(key)) {
      return failed('setting-invalid', `${option} gives ${key} twice.`, 'Give it once.')
    }
    pairs.set(key, cell.slice(at + 1).trim())
  }
  return success(pairs)
}
