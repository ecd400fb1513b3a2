import Papa from 'papaparse'
import { CAPS } from '../core/caps'
import { quoted } from '../core/display-text'
import { atCap, failed, success, type Outcome } from '../core/failure'
import { normaliseNewlines } from './normalise-newlines'
import { PlainRowReader, type PlainColumn, type PlainRows } from './plain-rows'
import { countLineBreaks } from './text-stream'

type Row = readonly string[]

/** Rows of one slice, blank lines left out. */
export interface RowBatch {
  readonly rows: readonly Row[]
  readonly blankLines: number
  /**
   * Line of the file, from 1, in which row `index` starts. For messages only: the first call looks at
   * every field of the batch, later ones at none (each of thousands of columns may ask).
   */
  readonly lineOf: (index: number) => number
}

/** What Papa Parse's row parser returns; its own declaration says `any`. */
interface Parsed {
  readonly data: readonly Row[]
  readonly errors: readonly {
    readonly code: string
    readonly row: number
    readonly index: number
  }[]
  readonly meta: { readonly cursor: number }
}

/** Cuts text that comes slice by slice into rows of fields. */
export class RowSplitter {
  /** Line of the file in which the unfinished row starts. */
  private line = 1
  private rest = ''
  /** A row longer than a slice is tried again only once twice its text is there: linear time. */
  private retryLength = 0
  private plainRows: PlainRowReader | null = null

  constructor(
    private readonly fileName: string,
    private readonly delimiter: string,
    /** Longest row, in UTF-16 units; an unclosed quote makes one of the rest of the file. */
    private readonly rowCap: number = CAPS['row-length'].value,
  ) {}

  /** Line of the file in which the next slice goes on. */
  get nextLine(): number {
    return this.line + countLineBreaks(this.rest)
  }

  push(slice: string, isLast: boolean): Outcome<RowBatch> {
    const nul = slice.indexOf('\0')
    if (nul !== -1) {
      const line = this.line + countLineBreaks(this.rest + slice.slice(0, nul))
      return this.malformed(
        `holds a NUL byte in line ${String(line)}`,
        'Save the file as UTF-8 text without NUL bytes.',
      )
    }
    const whole = this.rest + slice
    if (!isLast && whole.length < this.retryLength && whole.length <= this.rowCap) {
      this.rest = whole
      return success({ rows: [], blankLines: 0, lineOf: () => this.line })
    }
    // A CR at the end may be half of a CRLF.
    const isTorn = !isLast && whole.endsWith('\r')
    const text = normaliseNewlines(isTorn ? whole.slice(0, -1) : whole, this.delimiter)
    const parser = new Papa.Parser({ delimiter: this.delimiter, newline: '\n' })
    const parsed = parser.parse(text, 0, !isLast) as Parsed
    const failure = this.quoteProblem(parsed, text)
    if (failure !== null) return failure
    const consumed = parsed.meta.cursor
    // What follows the last line break of a file is no line.
    const hasTail = isLast && isBlank(parsed.data.at(-1) ?? [])
    const batch = toBatch(hasTail ? parsed.data.slice(0, -1) : parsed.data, this.line)
    this.line += text.includes('"') ? countLineBreaks(text.slice(0, consumed)) : parsed.data.length
    this.rest = text.slice(consumed) + (isTorn ? '\r' : '')
    this.retryLength = consumed === 0 ? 2 * this.rest.length : 0
    if (this.rest.length > this.rowCap && !isLast) {
      const { failure } = this.malformed(
        `has a row of more than ${String(this.rowCap / 2 ** 20)} MiB that starts in line ${String(this.line)}`,
        'Check that line for a quote that is never closed.',
      )
      return atCap(failure, { name: 'row-length', wanted: 4 * this.rowCap })
    }
    return success(batch)
  }

  /**
   * {@link push} for a slice whose rows may all be as `columns` has them. Where one is odd, the rows
   * before it are given, and an empty slice is to be pushed for the rest. Null where all of it is.
   */
  pushPlain(slice: string, columns: readonly PlainColumn[]): PlainRows | null {
    if (this.rest.length + slice.length < this.retryLength || slice.includes('\0')) return null
    const whole = this.rest + slice
    this.plainRows ??= new PlainRowReader(this.delimiter)
    const plain = this.plainRows.read(whole, columns, this.line)
    this.line += plain.lines
    this.rest = whole.slice(plain.consumed)
    this.retryLength = 0
    return plain
  }

  /** Errors of the row that is still unfinished are none yet. */
  private quoteProblem(parsed: Parsed, text: string): ReturnType<typeof failed> | null {
    const isWhole = (row: number): boolean => row < parsed.data.length
    const error = parsed.errors.find(({ row }) => isWhole(row))
    if (error === undefined) return null
    const line = String(this.line + countLineBreaks(text.slice(0, error.index)))
    return error.code === 'MissingQuotes'
      ? this.malformed(`opens a quote in line ${line} that is never closed`, QUOTE_ADVICE)
      : this.malformed(`has text after a closing quote in line ${line}`, QUOTE_ADVICE)
  }

  private malformed(what: string, advice: string): ReturnType<typeof failed> {
    return failed('data-malformed', `${quoted(this.fileName)} ${what}.`, advice)
  }
}

const QUOTE_ADVICE = 'Quote the whole field and write each quote inside it twice.'

function isBlank(row: Row): boolean {
  return row.length === 1 && row[0] === ''
}

function toBatch(all: readonly Row[], firstLine: number): RowBatch {
  const rows = all.some(isBlank) ? all.filter((row) => !isBlank(row)) : all
  let lines: readonly number[] | null = null
  const lineOf = (index: number): number => {
    lines ??= startLines(all, firstLine)
    return lines[index] ?? firstLine
  }
  return { rows, blankLines: all.length - rows.length, lineOf }
}

/** The line in which each row with content starts. */
function startLines(all: readonly Row[], firstLine: number): readonly number[] {
  const lines: number[] = []
  let line = firstLine
  for (const row of all) {
    if (!isBlank(row)) lines.push(line)
    line += 1 + row.reduce((breaks, field) => breaks + countLineBreaks(field), 0)
  }
  return lines
}
