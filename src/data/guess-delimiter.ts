import Papa from 'papaparse'
import { isMissing, isCommaNumber, parseNumber } from './parse-number'
import { normaliseNewlines } from './normalise-newlines'
import { countLineBreaks } from './text-stream'

/** In order of preference where nothing else decides. */
export const DELIMITERS = [',', '\t', ';', '|'] as const

const SAMPLE_ROWS = 50
/** Enough text to judge by, if that holds some rows; a very wide table needs all there is. */
const SAMPLE_LENGTH = 2 ** 16
const FEW_LINES = 10

interface Candidate {
  readonly delimiter: string
  readonly fields: number
  /** Share of cells that are numbers or missing. */
  readonly numeric: number
}

/**
 * The delimiter of a text that starts a file. Among those that cut the first rows into equally many
 * fields (two at least), the one that leaves most numbers, then most fields: decimal commas must
 * not be taken for delimiters. Where none does, Papa Parse's own guess, which bears ragged rows.
 */
export function guessDelimiter(text: string, isWhole: boolean): string {
  const start = text.slice(0, SAMPLE_LENGTH)
  const isEnough = start.length === text.length || countLineBreaks(start) >= FEW_LINES
  const sample = isEnough ? start : text
  const isAll = isWhole && sample.length === text.length
  const candidates = DELIMITERS.map((delimiter) => tryDelimiter(sample, isAll, delimiter))
  const [best] = candidates
    .filter((candidate) => candidate !== null)
    .sort((a, b) => b.numeric - a.numeric || b.fields - a.fields)
  if (best !== undefined) return best.delimiter
  const guess = Papa.parse(sample, {
    preview: SAMPLE_ROWS,
    delimitersToGuess: [...DELIMITERS],
    skipEmptyLines: true,
  }).meta.delimiter
  return (DELIMITERS as readonly string[]).includes(guess) ? guess : ','
}

function tryDelimiter(text: string, isWhole: boolean, delimiter: string): Candidate | null {
  const parser = new Papa.Parser({ delimiter, newline: '\n', preview: SAMPLE_ROWS })
  const parsed = parser.parse(normaliseNewlines(text, delimiter), 0, !isWhole) as {
    readonly data: readonly (readonly string[])[]
  }
  const rows = parsed.data.filter((row) => row.length > 1 || row[0] !== '')
  const fields = rows[0]?.length ?? 0
  if (fields < 2 || rows.some((row) => row.length !== fields)) return null
  const cells = rows.flat()
  const numeric = cells.filter(
    (cell) => isMissing(cell) || isCommaNumber(cell) || parseNumber(cell, 'point') !== null,
  )
  return { delimiter, fields, numeric: numeric.length / cells.length }
}
