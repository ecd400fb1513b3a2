export type CsvCell = string | number | boolean | null

/**
 * A table as RFC 4180 CSV, every line ended by CR LF. Numbers stay as they are, in full precision;
 * null is an empty cell. A text that a spreadsheet would run as a formula gets a leading quote, as
 * OWASP advises: JSON is the form that loses nothing.
 */
export function csvText(columns: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [columns.map(field).join(',')]
  for (const row of rows) lines.push(row.map(field).join(','))
  return `${lines.join('\r\n')}\r\n`
}

function field(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  // The semicolon and the tab part cells in some countries' spreadsheets.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
