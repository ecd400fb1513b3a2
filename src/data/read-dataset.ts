import { contentHash } from '../core/content-hash'
import type { Dataset } from '../core/dataset'
import { quoted } from '../core/display-text'
import { errorText, failed, success, type Outcome } from '../core/failure'
import { fileKind } from '../core/file-kind'
import { jointName } from '../core/joint-name'
import { unreadableFile } from '../core/unreadable-file'
import { appendDatasets } from './append-datasets'
import { readArrayFiles } from './arrays/array-format'
import type { NamedArray } from './arrays/array-rows'
import type { DataFile, DataFormat, ReadProgress } from './data-format'
import { DATA_FORMATS } from './data-formats'
import { ValueRoom } from './room/value-room'
import { settleData } from './settle-data'
import { isGzip, unpackGzip } from './unpack-gzip'

const HEAD_BYTES = 4096

/**
 * Reads data files of any known format into column chunks. Several files are one dataset: the rows
 * of files with the same columns follow each other in the order of the files' names, and arrays in
 * files of their own (features and labels) stand side by side. Never throws.
 * @param room where the values are kept; to be closed where no dataset comes of it
 */
export async function readDataset(
  input: DataFile | readonly DataFile[],
  id: string,
  onProgress: ReadProgress,
  room = ValueRoom.unlimited(),
): Promise<Outcome<Dataset>> {
  const files = inNameOrder(input instanceof Blob ? [input] : input)
  const sources = files.map((file) => ({ file, onShare: shareOf(file, files, onProgress) }))
  const opened: OpenedFile[] = []
  for (const { file, onShare } of sources) {
    const outcome = await guarded(file, () => openFile(file, onShare, files.length > 1))
    if (!outcome.ok) return outcome
    opened.push(outcome.value)
  }
  const parts: Dataset[] = []
  const arrays = opened.flatMap((one) => (one.array === null ? [] : [{ ...one, array: one.array }]))
  if (arrays.length > 0) {
    const table = await readArrayFiles(arrays, id, onProgress, room)
    if (!table.ok) return table
    parts.push(table.value)
  }
  for (const { file, content, format, onShare } of opened.filter(({ array }) => array === null)) {
    const part = await guarded(file, () =>
      format.read(content, id, (done, total) => void onShare(done / total), room),
    )
    if (!part.ok) return part
    parts.push(part.value)
  }
  const whole = appendDatasets(parts, room)
  return whole.ok ? success(named(whole.value, opened, parts)) : whole
}

interface OpenedFile {
  /** As it was dropped. */
  readonly file: DataFile
  /** As it is read: unpacked. */
  readonly content: DataFile
  readonly format: DataFormat
  /** Of one of several files that holds an array alone. */
  readonly array: NamedArray | null
  /** Of the bytes of a packed file. */
  readonly sha256: string | null
  readonly onShare: (share: number) => void
}

/** Unpacks the file where it is packed, and finds who reads it. */
async function openFile(
  file: DataFile,
  onShare: (share: number) => void,
  isOneOfSeveral: boolean,
): Promise<Outcome<OpenedFile>> {
  if (file.size === 0) return isEmpty(file)
  let [content, head, sha256] = [file, await readHead(file), null as string | null]
  if (isGzip(head)) {
    const unpacked = await settleData(file.name, () =>
      unpackGzip(file, (done) => {
        onShare(done / file.size / 2)
      }),
    )
    if (!unpacked.ok) return unpacked
    content = unpacked.value.unpacked
    sha256 = unpacked.value.sha256
    head = await readHead(content)
    if (content.size === 0) return isEmpty(file)
  }
  const format = DATA_FORMATS.find(({ accepts }) => accepts(head))
  if (format === undefined) return unrecognised(file, head)
  const halved = sha256 === null ? onShare : (share: number) => void onShare((1 + share) / 2)
  const found = { file, content, format, sha256, onShare: halved }
  if (!isOneOfSeveral || format.openArray === undefined) return success({ ...found, array: null })
  const array = await format.openArray(content)
  return array.ok ? success({ ...found, array: array.value }) : array
}

async function readHead(file: DataFile): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
}

/** A dataset of several files is named and hashed by all of them. */
function named(
  { info, ...values }: Dataset,
  opened: readonly OpenedFile[],
  parts: readonly Dataset[],
): Dataset {
  const [first] = opened
  const files = opened.map(({ file }) => file.name)
  const hashes = parts.map((part) => part.info.sha256).join(' ')
  const bytes = opened.reduce((sum, { file }) => sum + file.size, 0)
  return {
    ...values,
    info:
      files.length === 1
        ? { ...info, bytes, sha256: first?.sha256 ?? info.sha256 }
        : {
            ...info,
            bytes,
            name: jointName(files),
            files,
            sha256: contentHash(new TextEncoder().encode(hashes)),
          },
  }
}

function inNameOrder(files: readonly DataFile[]): readonly DataFile[] {
  const collator = new Intl.Collator('en', { numeric: true })
  return files.toSorted((one, other) => collator.compare(one.name, other.name))
}

/** Progress of one file as progress of all. */
function shareOf(
  file: DataFile,
  files: readonly DataFile[],
  onProgress: ReadProgress,
): (share: number) => void {
  const place = files.indexOf(file)
  const before = files.slice(0, place).reduce((sum, { size }) => sum + size, 0)
  const total = files.reduce((sum, { size }) => sum + size, 0)
  return (share) => {
    onProgress(before + share * file.size, total)
  }
}

async function guarded<T>(
  { name, size }: DataFile,
  read: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await read()
  } catch (error) {
    // Typed arrays and maps that do not fit into memory.
    if (error instanceof RangeError) {
      return failed(
        'file-too-large',
        `${quoted(name)} (${String(size)} bytes) does not fit into memory.`,
        'Use fewer rows or columns, or close other tabs.',
        errorText(error),
      )
    }
    return unreadableFile(quoted(name), error)
  }
}

function isEmpty({ name }: DataFile): Outcome<never> {
  return failed(
    'file-empty',
    `${quoted(name)} is empty (0 bytes).`,
    'Copy or export the file again.',
  )
}

function unrecognised({ name }: DataFile, head: Uint8Array): Outcome<never> {
  const kind = isGzip(head) ? 'a gzip archive within another' : fileKind(head)
  const what = kind === null ? 'is in no format that Bakeoff reads' : `is no table: this is ${kind}`
  const labels = DATA_FORMATS.map(({ label }) => label).join(', ')
  return failed('file-unrecognised', `${quoted(name)} ${what}.`, `Save the table as ${labels}.`)
}
