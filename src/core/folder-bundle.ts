import { FOLDER_FILES, FOLDER_INDEX_BYTES } from './caps'

/** A file of a folder, and where it lies in it. */
export interface FolderPart {
  /** With `/`, relative. */
  readonly path: string
  readonly file: Blob
}

/** No text, archive or model begins with it. */
const MAGIC = Uint8Array.from([0x93, ...new TextEncoder().encode('BAKEOFF-FOLDER1')])
/** Behind it stand four bytes: how many the index has. */
const HEAD_BYTES = MAGIC.length + 4

/**
 * A folder as one file: an index of paths and sizes, then the bytes of the files one after another. The
 * browser only notes where they lie, nothing is copied, so that everything that is done with a file
 * (adding, keeping, fetching back after a crash) is done with a folder as well.
 */
export function bundleFolder(name: string, parts: readonly FolderPart[]): File {
  const index = parts.map(({ path, file }) => [path, file.size])
  const text = new TextEncoder().encode(JSON.stringify(index))
  const size = new DataView(new ArrayBuffer(4))
  size.setUint32(0, text.length, true)
  const blobs = parts.map(({ file }) => file)
  return new File([MAGIC, size, text, ...blobs], name)
}

export function isFolderBundle(head: Uint8Array): boolean {
  return MAGIC.every((byte, index) => head[index] === byte)
}

/** The files of a bundle, as views of it; null where it is cut, changed, or names what no folder can hold. */
export async function readFolderBundle(bundle: Blob): Promise<readonly FolderPart[] | null> {
  const head = new Uint8Array(await bundle.slice(0, HEAD_BYTES).arrayBuffer())
  if (head.length < HEAD_BYTES || !isFolderBundle(head)) return null
  const length = new DataView(head.buffer).getUint32(MAGIC.length, true)
  const start = HEAD_BYTES + length
  if (length > FOLDER_INDEX_BYTES || start > bundle.size) return null
  const index = parseIndex(await bundle.slice(HEAD_BYTES, start).text())
  if (index === null) return null
  const parts: FolderPart[] = []
  let at = start
  for (const [path, size] of index) {
    if (at + size > bundle.size) return null
    parts.push({ path, file: bundle.slice(at, at + size) })
    at += size
  }
  return at === bundle.size ? parts : null
}

function parseIndex(text: string): readonly (readonly [string, number])[] | null {
  let index: unknown
  try {
    index = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(index) || index.length > FOLDER_FILES) return null
  return index.every(isEntry) ? index : null
}

function isEntry(entry: unknown): entry is [string, number] {
  if (!Array.isArray(entry) || entry.length !== 2) return false
  const [path, size] = entry as unknown[]
  return typeof path === 'string' && Number.isSafeInteger(size) && (size as number) >= 0
}
