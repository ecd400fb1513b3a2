import type { Dataset } from '../core/dataset'
import { quoted } from '../core/display-text'
import { fileKind } from '../core/file-kind'
import { errorText, failed, type Outcome } from '../core/failure'
import type { DataFile, DataFormat, ReadProgress } from './data-format'
import { delimitedText } from './delimited-text'
import { parquet } from './parquet'

/** Every format that Bakeoff reads; the first that accepts a file reads it. */
const FORMATS: readonly DataFormat[] = [parquet, delimitedText]

const HEAD_BYTES = 4096

/** Reads a data file of any known format into column chunks. Never throws. */
export async function readDataset(
  file: DataFile,
  id: string,
  onProgress: ReadProgress,
): Promise<Outcome<Dataset>> {
  const name = quoted(file.name)
  if (file.size === 0) {
    return failed('file-empty', `${name} is empty (0 bytes).`, 'Copy or export the file again.')
  }
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
    const kind = fileKind(head)
    const format = FORMATS.find(({ accepts }) => accepts(head))
    if (format !== undefined) return await format.read(file, id, onProgress)
    const what =
      kind === null ? 'is in no format that Bakeoff reads' : `is no table: this is ${kind}`
    const labels = FORMATS.map(({ label }) => label).join(', ')
    return failed('file-unrecognised', `${name} ${what}.`, `Save the table as ${labels}.`)
  } catch (error) {
    // Typed arrays and maps that do not fit into memory.
    if (error instanceof RangeError) {
      return failed(
        'file-too-large',
        `${name} (${String(file.size)} bytes) does not fit into memory.`,
        'Use fewer rows or columns, or close other tabs.',
        errorText(error),
      )
    }
    return failed(
      'file-unreadable',
      `${name} could not be read.`,
      'Check that the file still exists and has not changed, then add it again.',
      errorText(error),
    )
  }
}
