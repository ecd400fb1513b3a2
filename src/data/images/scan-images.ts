import { capOf, type CappedFile } from '../../core/caps'
import { ContentHash } from '../../core/content-hash'
import { formatBytes } from '../../core/format'
import type { ReadProgress } from '../data-format'
import type { FolderFile } from '../folder-file'
import { decodeImage } from './decode-image'
import type { ImageFile, LeftOut } from './image-file'
import type { ImageHeader } from './image-header'
import { inGroups } from './in-groups'
import { readImageHeader } from './read-image-header'

export interface ImageScan {
  readonly images: readonly ImageFile[]
  readonly leftOut: readonly LeftOut[]
  /** Of the paths and bytes of all files, those left out included. Lower-case hex. */
  readonly sha256: string
}

/** Before a header is read: what an image may have, for grouping. */
const USUAL_PIXELS = 2 ** 22

type Finding = ImageHeader | string

/**
 * Reads and decodes every file once, so that whatever cannot be used is known by name before models are
 * asked. Pixels are not kept: they are decoded again for the models, with the settings of that time.
 */
export async function scanImages(
  files: readonly FolderFile[],
  folder: CappedFile,
  onProgress: ReadProgress,
): Promise<ImageScan> {
  const total = files.reduce((sum, { size }) => sum + size, 0)
  const findings = new Array<Finding>(files.length)
  const hash = new ContentHash()
  const hashes = new Array<Uint8Array>(files.length)
  let hashed = 0
  let doneBytes = 0
  await inGroups(
    files,
    ({ size }) => Math.max(USUAL_PIXELS, size),
    async (file, index) => {
      const { finding, bytes } = await examine(file, folder)
      findings[index] = finding
      hashes[index] = fileHash(file.path, bytes)
      doneBytes += file.size
    },
    (done) => {
      for (; hashed < done; hashed++) hash.update(hashes[hashed] as Uint8Array)
      onProgress(doneBytes, total)
    },
  )
  const images: ImageFile[] = []
  const leftOut: LeftOut[] = []
  for (const [index, file] of files.entries()) {
    const finding = findings[index] as Finding
    if (typeof finding === 'string') leftOut.push({ path: file.path, finding })
    else images.push({ ...file, header: finding })
  }
  return { images, leftOut, sha256: hash.digest() }
}

async function examine(
  file: FolderFile,
  folder: CappedFile,
): Promise<{ readonly finding: Finding; readonly bytes: Uint8Array<ArrayBuffer> | null }> {
  const bytesCap = capOf(folder, 'image-bytes')
  if (file.size > bytesCap) {
    return { finding: `is larger than ${formatBytes(bytesCap)}`, bytes: null }
  }
  const bytes = await file.bytes().catch(() => null)
  if (bytes === null) return { finding: 'could not be read', bytes }
  const header = readImageHeader(bytes, capOf(folder, 'image-pixels'))
  if ('finding' in header) return { finding: header.finding, bytes }
  const decoded = await decodeImage(bytes, header)
  if (decoded === null) return { finding: 'could not be decoded: it is damaged', bytes }
  decoded.close()
  // Upright, as it will be seen.
  const { width, height } = decoded
  return { finding: { ...header, width, height }, bytes }
}

function fileHash(path: string, bytes: Uint8Array | null): Uint8Array {
  const hash = new ContentHash()
  const name = new TextEncoder().encode(path)
  hash.update(Uint8Array.of(name.length & 255, (name.length >> 8) & 255))
  hash.update(name)
  hash.update(bytes ?? new Uint8Array())
  return new TextEncoder().encode(hash.digest())
}
