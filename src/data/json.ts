import { capOf } from '../core/caps'
import { ContentHash } from '../core/content-hash'
import type { Dataset } from '../core/dataset'
import { success, type Outcome } from '../core/failure'
import { Refusal } from '../core/refusal'
import type { DataFile, DataFormat, ReadProgress } from './data-format'
import { draftDataset } from './draft-dataset'
import { addDocument } from './json/add-document'
import { parseJson } from './json/parse-json'
import { RecordTable } from './json/record-table'
import { CHUNK_ROWS } from './room/chunking'
import type { ValueRoom } from './room/value-room'
import { settleData } from './settle-data'
import { encodingOf, TextStream } from './text-stream'

/** JSON as tables are written to it, and JSON lines (NDJSON), which are streamed. */
export const json: DataFormat = {
  label: 'JSON or JSON lines',
  accepts: startsLikeJson,
  read: async (file, id, onProgress, room) => {
    const outcome = await settleData(file.name, () => readJson(file, id, onProgress, room))
    return outcome.ok ? outcome.value : outcome
  },
}

/** By the first tokens of an object or an array; no header of a CSV begins like that. */
function startsLikeJson(head: Uint8Array): boolean {
  const text = new TextDecoder(encodingOf(head)).decode(head)
  return /^\s*(\{\s*("|\}|$)|\[\s*([{["\]\d-]|$))/.test(text)
}

async function readJson(
  file: DataFile,
  id: string,
  onProgress: ReadProgress,
  room: ValueRoom,
): Promise<Outcome<Dataset>> {
  const hash = new ContentHash()
  const stream = new TextStream(file, (bytes, end) => {
    hash.update(bytes)
    onProgress(end, file.size)
  })
  const [documentCap, rowCap] = [capOf(file, 'json-bytes'), capOf(file, 'row-length')]
  const table = new RecordTable({ rows: CHUNK_ROWS, room }, capOf(file, 'columns'))
  let kind: 'lines' | 'document' | null = null
  let [untaken, line] = ['', 1]
  for (;;) {
    const slice = await stream.next(() => line)
    if (!slice.ok) return slice
    const { text, isLast } = slice.value
    untaken += text
    kind ??= kindOf(untaken, isLast, rowCap)
    // A document is parsed as a whole, some ten times its bytes in memory; lines one by one.
    if (kind === 'document' && file.size > documentCap) throw tooLarge(file.size, documentCap)
    if (kind === 'lines') {
      const taken = takeLines(untaken, isLast, line, { table, rowCap })
      untaken = untaken.slice(taken.length)
      line += taken.lines
    }
    if (isLast) break
  }
  if (kind !== 'lines') addDocument(parseJson(untaken, ''), table)
  const { name, size } = file
  return success(draftDataset(table.finish(), { id, name, bytes: size, sha256: hash.digest() }))
}

/**
 * JSON lines where the first line is a whole record and more follows; null where the text does not
 * tell yet. No text within JSON holds a line break.
 */
function kindOf(text: string, isLast: boolean, rowCap: number): 'lines' | 'document' | null {
  const start = text.search(/\S/)
  const end = text.indexOf('\n', Math.max(0, start))
  if (start === -1 || end === -1 || !/\S/.test(text.slice(end))) {
    return isLast || text.length > rowCap ? 'document' : null
  }
  try {
    const first: unknown = JSON.parse(text.slice(start, end))
    return typeof first === 'object' ? 'lines' : 'document'
  } catch {
    return 'document'
  }
}

/** Adds the whole lines of a text; says how much of it that was. */
function takeLines(
  text: string,
  isLast: boolean,
  firstLine: number,
  { table, rowCap }: { readonly table: RecordTable; readonly rowCap: number },
): { readonly length: number; readonly lines: number } {
  let [length, lines] = [0, 0]
  while (length < text.length) {
    const newline = text.indexOf('\n', length)
    if (newline === -1 && !isLast) break
    const record = text.slice(length, newline === -1 ? text.length : newline).trim()
    const where = `line ${String(firstLine + lines)}`
    if (record !== '') table.add(parseJson(record, where), where)
    length = newline === -1 ? text.length : newline + 1
    lines += 1
  }
  if (text.length - length > rowCap) {
    throw new Refusal(
      'data-malformed',
      `has a record of more than ${String(rowCap / 2 ** 20)} MiB in line ${String(firstLine + lines)}`,
      'Write one record per line.',
      { name: 'row-length', wanted: 4 * rowCap },
    )
  }
  return { length, lines }
}

function tooLarge(bytes: number, cap: number): Refusal {
  return new Refusal(
    'file-too-large',
    `is one JSON document of ${bytes.toLocaleString('en-GB')} bytes; ${cap.toLocaleString('en-GB')} is the most`,
    'Save it as JSON lines, one record per line: pandas writes them with to_json(file, orient="records", lines=True).',
    { name: 'json-bytes', wanted: bytes },
  )
}
