import type { DatasetInfo } from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, type Outcome } from '../core/failure'
import { countOf } from './count-of'
import type { RowSelection } from './select-rows'

const COLUMNS_SHOWN = 3

/** The failure of a dataset in which no row has a target and every feature. */
export function noRowsLeft(info: DatasetInfo, selection: RowSelection): Outcome<never> {
  const name = quoted(info.name)
  if (info.rows === 0) {
    return failed('no-rows', `${name} has no rows.`, 'Choose a file with data below its header.')
  }
  const matched = selection.chosen?.matchedRows ?? info.rows
  if (matched === 0) {
    return failed(
      'no-rows',
      `No row of ${name} (${countOf(info.rows, 'row')}) fulfils the filter.`,
      'Change or remove a condition of the filter.',
    )
  }
  const gaps = selection.droppedBy
    .slice(0, COLUMNS_SHOWN)
    .map(({ column, rows }) => `${quoted(column)} in ${countOf(rows, 'row')}`)
  return failed(
    'no-rows',
    `No row of ${name} (${countOf(matched, 'row')}${matched < info.rows ? ' that fulfil the filter' : ''}) is complete; missing are ${gaps.join(', ')}.`,
    'Leave the columns with many missing values out under Features.',
  )
}
