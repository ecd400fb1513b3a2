import type { ColumnChunk, Dataset } from '../../../src/core/dataset'

export type Cell = number | string | null

/** A dataset of named columns; text where any cell is one, `null` is missing. */
export function makeDataset(
  table: readonly (readonly [string, readonly Cell[]])[],
  chunkRows = 3,
): Dataset {
  const rows = table[0]?.[1].length ?? 0
  const dictionaries = table.map(([, cells]) =>
    cells.some((cell) => typeof cell === 'string')
      ? [...new Set(cells.filter((cell) => cell !== null).map(String))]
      : null,
  )
  const chunks = []
  for (let start = 0; start < rows; start += chunkRows) {
    const end = Math.min(rows, start + chunkRows)
    const columns = table.map(([, cells], column): ColumnChunk => {
      const part = cells.slice(start, end)
      const dictionary = dictionaries[column]
      return dictionary
        ? {
            kind: 'text',
            codes: Int32Array.from(part, (cell) =>
              cell === null ? -1 : dictionary.indexOf(String(cell)),
            ),
          }
        : {
            kind: 'numeric',
            values: Float64Array.from(part, (cell) => (cell === null ? NaN : Number(cell))),
          }
    })
    chunks.push({ start, rows: end - start, columns })
  }
  const columns = table.map(([name, cells], column) => {
    const present = cells.filter((cell) => cell !== null)
    const isInteger = present.every((cell) => Number.isSafeInteger(cell))
    return {
      name,
      type: dictionaries[column]
        ? ('text' as const)
        : isInteger
          ? ('integer' as const)
          : ('number' as const),
      missing: cells.length - present.length,
      distinct: new Set(present).size,
    }
  })
  const info = {
    id: 'd1',
    name: 'data.csv',
    bytes: 0,
    sha256: '',
    rows,
    columns,
    preview: [],
    warnings: [],
  }
  return { info, chunks, dictionaries }
}
