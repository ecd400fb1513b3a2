import type { CellTest } from './parse-condition'

/** Cells of a column, or of a part of it. Codes are indices into the column's dictionary, −1 where missing. */
export type TestedCells =
  | { readonly kind: 'numeric'; readonly values: ArrayLike<number> }
  | { readonly kind: 'text'; readonly codes: ArrayLike<number> }

/** Whether the cell of a row passes; each text of a dictionary is looked at once. */
export function cellTester(
  test: CellTest,
  dictionary: readonly string[] | null,
): (cells: TestedCells) => (row: number) => boolean {
  const isPassed = dictionary?.map((text) => test.text(text)) ?? []
  return (cells) => {
    if (cells.kind === 'numeric') {
      const { values } = cells
      return (row) => test.number(values[row] as number)
    }
    const { codes } = cells
    return (row) => {
      const code = codes[row] as number
      return code < 0 ? test.missing : isPassed[code] === true
    }
  }
}
