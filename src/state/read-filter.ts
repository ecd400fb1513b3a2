import type { DatasetInfo } from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { LONGEST_CONDITION, MOST_CONDITIONS, type ColumnCondition } from '../core/row-choice'

/** What may follow the name of a column. */
const AFTER_NAME = /^(?:\s|!=|≠|>|<|≥|≤|=)/

/**
 * Conditions as `COLUMN CONDITION`, for example `age >= 30` or `age 1..2`. The longest name of a column
 * that a text begins with is taken, so that names with spaces and with signs in them can be asked for.
 */
export function readFilter(
  texts: readonly string[],
  dataset: DatasetInfo | null,
): Outcome<readonly ColumnCondition[]> {
  if (texts.length > MOST_CONDITIONS) {
    const most = `A filter has up to ${String(MOST_CONDITIONS)} conditions.`
    return failed('setting-invalid', most, 'Leave some out, or cut the file.')
  }
  const names = (dataset?.columns ?? [])
    .map(({ name }) => name)
    .toSorted((one, other) => other.length - one.length)
  const filter: ColumnCondition[] = []
  for (const typed of texts) {
    const condition = readCondition(typed.trim(), names)
    if (!condition.ok) return condition
    filter.push(condition.value)
  }
  return success(filter)
}

function readCondition(typed: string, names: readonly string[]): Outcome<ColumnCondition> {
  const column = names.find(
    (name) => name !== '' && typed.startsWith(name) && AFTER_NAME.test(typed.slice(name.length)),
  )
  const text = column === undefined ? '' : typed.slice(column.length).trim()
  if (column === undefined) {
    return failed(
      'feature-absent',
      `The condition ${quoted(typed)} begins with no column of the data.`,
      'Write the name of a column and then the condition: "age >= 30", "age 1..2", "kind =new".',
    )
  }
  if (text.length <= LONGEST_CONDITION) return success({ column, text })
  return failed(
    'setting-invalid',
    `The condition on ${quoted(column)} has more than ${String(LONGEST_CONDITION)} characters.`,
    'Shorten it.',
  )
}
