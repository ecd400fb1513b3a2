import { Refusal } from '../../core/refusal'
import type { RecordTable } from './record-table'

type Fields = Readonly<Record<string, unknown>>

/**
 * Adds the rows of one JSON document, as pandas and others write tables: a list of records or of
 * rows; `{columns, data}` (orient split) and `{data: [records]}` (table); lists or maps by column
 * (orient list and columns); records by row number (index); one record.
 */
export function addDocument(document: unknown, table: RecordTable): void {
  if (Array.isArray(document)) {
    addRows(document, table)
    return
  }
  if (!isFields(document)) throw noTable()
  const { columns, data } = document
  if (Array.isArray(data) && (!Array.isArray(columns) || data.every(isFields))) {
    addRows(data, table)
  } else if (Array.isArray(data) && Array.isArray(columns)) {
    addSplit(columns, data, table)
  } else addByKey(document, table)
}

function addRows(rows: readonly unknown[], table: RecordTable): void {
  for (const [row, record] of rows.entries()) table.add(record, rowText(row))
}

function addSplit(columns: readonly unknown[], rows: readonly unknown[], table: RecordTable): void {
  for (const [row, cells] of rows.entries()) {
    if (!Array.isArray(cells) || cells.length !== columns.length) {
      throw new Refusal(
        'data-malformed',
        `holds ${String(columns.length)} column names, and other than that many values in ${rowText(row)}`,
        'Export the data again.',
      )
    }
    table.add(record(columns.map((name, place) => [String(name), cells[place]])), rowText(row))
  }
}

function addByKey(document: Fields, table: RecordTable): void {
  const entries = Object.entries(document)
  const values = entries.map(([, value]) => value)
  if (values.length > 0 && values.every(Array.isArray)) {
    addLists(entries as [string, readonly unknown[]][], table)
  } else if (values.length > 0 && values.every(isFields)) {
    const isByRow = entries.every(([key]) => /^\d+$/.test(key))
    if (isByRow) addRows(values, table)
    else addMaps(entries as [string, Fields][], table)
  } else table.add(document, rowText(0))
}

function addLists(
  columns: readonly (readonly [string, readonly unknown[]])[],
  table: RecordTable,
): void {
  const [first] = columns
  const rows = first?.[1].length ?? 0
  const odd = columns.find(([, values]) => values.length !== rows)
  if (first !== undefined && odd !== undefined) {
    throw new Refusal(
      'data-malformed',
      `holds columns of different lengths: ${JSON.stringify(first[0].slice(0, 80))} has ${String(rows)} values, ${JSON.stringify(odd[0].slice(0, 80))} has ${String(odd[1].length)}`,
      'Write as many values for each column.',
    )
  }
  for (let row = 0; row < rows; row += 1) {
    table.add(record(columns.map(([name, values]) => [name, values[row]])), rowText(row))
  }
}

/** Values by row key, which is how `DataFrame.to_json` writes a table where nothing is said. */
function addMaps(columns: readonly (readonly [string, Fields])[], table: RecordTable): void {
  const keys = new Set(columns.flatMap(([, values]) => Object.keys(values)))
  let row = 0
  for (const key of keys) {
    const cells = columns.map(([name, values]): [string, unknown] => [
      name,
      Object.hasOwn(values, key) ? values[key] : null,
    ])
    table.add(record(cells), rowText(row))
    row += 1
  }
}

/** Names come from strangers: `__proto__` is a name like others. */
function record(fields: readonly (readonly [string, unknown])[]): object {
  const made = Object.create(null) as Record<string, unknown>
  for (const [name, value] of fields) made[name] = value
  return made
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function rowText(row: number): string {
  return `record ${String(row + 1)}`
}

function noTable(): Refusal {
  return new Refusal(
    'data-malformed',
    'holds no records',
    'Write a list of records, such as [{"age": 31, "label": "yes"}].',
  )
}
