import type { PolicyOptionsRead } from '../contract/reader'
import type { DatasetInfo } from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatList } from '../core/format'
import { closeNames } from './close-names'

/** Whether the columns that are to play a part of the market are there. */
export function checkMarket(
  columns: PolicyOptionsRead['columns'],
  dataset: DatasetInfo | null,
): Outcome<null> {
  if (dataset === null) return success(null)
  const names = dataset.columns.map(({ name }) => name)
  for (const [part, column] of Object.entries(columns)) {
    if (column === null || names.includes(column)) continue
    const close = closeNames(column, names)
    const shown = (close.length > 0 ? close : names.slice(0, 5)).map((name) => quoted(name))
    return failed(
      'feature-absent',
      `${quoted(dataset.name)} has no column ${quoted(column)} for ${part}.`,
      `${close.length > 0 ? 'Close to it' : 'There'} ${shown.length === 1 ? 'is' : 'are'} ${formatList(shown)}.`,
    )
  }
  return success(null)
}
