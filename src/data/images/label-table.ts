import type { ColumnInfo, Dataset } from '../../core/dataset'
import { matchImageNames } from './match-image-names'

/** A column that goes on the images, one cell per row. */
export type LabelColumn =
  | { readonly info: ColumnInfo; readonly kind: 'numeric'; readonly values: Float64Array }
  | {
      readonly info: ColumnInfo
      readonly kind: 'text'
      readonly texts: readonly (string | null)[]
    }

/** Which image each row of a label file means, and what else it says of it. */
export interface LabelTable {
  /** By row: index of its image. */
  readonly images: readonly number[]
  /** The other columns, for these rows. */
  readonly columns: readonly LabelColumn[]
  /** Of the column with the file names. */
  readonly nameColumn: string
  /** What rows without an image say in its place. */
  readonly unknown: readonly string[]
}

interface Candidate {
  readonly place: number
  readonly found: number
  readonly images: Int32Array
  readonly names: readonly (string | null)[]
}

/**
 * Reads a table as labels of images: the column of which most cells name one is the file name.
 * @returns null where no cell of the table names an image
 */
export function labelTable(table: Dataset, paths: readonly string[]): LabelTable | null {
  const { columns } = table.info
  let best: Candidate = { place: -1, found: 0, images: new Int32Array(), names: [] }
  for (const [place, column] of columns.entries()) {
    if (column.type !== 'text' && column.type !== 'integer') continue
    const names = cellTexts(table, place)
    const images = matchImageNames(names, paths)
    const found = images.reduce((count, image) => count + (image >= 0 ? 1 : 0), 0)
    if (found > best.found) best = { place, found, images, names }
  }
  const nameColumn = columns[best.place]
  if (nameColumn === undefined) return null
  const rows = [...best.images.keys()].filter((row) => (best.images[row] ?? -1) >= 0)
  const unknown = best.names.filter((_, row) => (best.images[row] ?? -1) < 0)
  return {
    images: rows.map((row) => best.images[row] ?? -1),
    columns: columns.flatMap((_, place) => {
      const column = place === best.place ? null : gather(table, place, rows)
      return column === null ? [] : [column]
    }),
    nameColumn: nameColumn.name,
    unknown: unknown.map((name) => name ?? '(nothing)'),
  }
}

function cellTexts(table: Dataset, place: number): (string | null)[] {
  const dictionary = table.dictionaries[place] ?? []
  return table.chunks.flatMap((chunk): (string | null)[] => {
    const cells = chunk.columns[place]
    if (cells?.kind === 'text') return Array.from(cells.codes, (code) => dictionary[code] ?? null)
    if (cells?.kind !== 'numeric') return []
    return Array.from(cells.values, (value) => (Number.isNaN(value) ? null : String(value)))
  })
}

function gather(table: Dataset, place: number, rows: readonly number[]): LabelColumn | null {
  const info = table.info.columns[place]
  if (info === undefined || info.type === 'tensor') return null
  if (info.type === 'text') {
    const texts = cellTexts(table, place)
    return { info, kind: 'text', texts: rows.map((row) => texts[row] ?? null) }
  }
  const all = table.chunks.flatMap((chunk) => {
    const cells = chunk.columns[place]
    return cells?.kind === 'numeric' ? [...cells.values] : []
  })
  return { info, kind: 'numeric', values: Float64Array.from(rows, (row) => all[row] ?? NaN) }
}
