export interface TextColumn {
  readonly title: string
  readonly align: 'left' | 'right'
  readonly cells: readonly string[]
}

const GAP = '  '

/** Columns of plain text, as lines: titles, a rule, then one line per row. */
export function textTable(columns: readonly TextColumn[]): readonly string[] {
  const widths = columns.map((column) =>
    Math.max(width(column.title), ...column.cells.map((cell) => width(cell))),
  )
  const rows = Math.max(0, ...columns.map((column) => column.cells.length))
  const line = (cell: (column: TextColumn) => string) =>
    columns
      .map((column, index) => pad(cell(column), widths[index] ?? 0, column.align))
      .join(GAP)
      .trimEnd()
  return [
    line((column) => column.title),
    widths.map((size) => '─'.repeat(size)).join(GAP),
    ...Array.from({ length: rows }, (_, row) => line((column) => column.cells[row] ?? '')),
  ]
}

function pad(text: string, size: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(size - width(text))
  return align === 'left' ? text + space : space + text
}

/** Characters, not UTF-16 units; wide scripts may still stand out by a little. */
function width(text: string): number {
  return Array.from(text).length
}
