import { openZip } from '../archive/zip-archive'
import type { ZipLimits } from '../archive/zip-limits'
import { BUNDLE_FILES_CAP } from '../core/folder-bundle'
import { isImageName, isLabelTableName } from '../core/image-name'
import { settle } from '../core/refusal'
import type { DataFormat } from './data-format'
import { readImageFolder } from './images/read-image-folder'
import { IMAGE_BYTES_CAP } from './images/scan-images'

const MIB = 2 ** 20
const GIB = 2 ** 30

/** Entries are unpacked one at a time and decoded by a decoder that counts pixels first. */
const IMAGE_ZIP_LIMITS: ZipLimits = {
  entries: BUNDLE_FILES_CAP,
  directoryBytes: 64 * MIB,
  nameBytes: 1024,
  entryBytes: IMAGE_BYTES_CAP,
  totalBytes: 256 * GIB,
  ratio: 200,
}

const SIGNATURE = [0x50, 0x4b, 0x03, 0x04]
const NAME_OFFSET = 30

/** Of a zip archive that begins with a file, as all that are read do; null for anything else. */
function firstEntryName(head: Uint8Array): string | null {
  if (!SIGNATURE.every((byte, index) => head[index] === byte)) return null
  const length = (head[26] ?? 0) | ((head[27] ?? 0) << 8)
  if (length === 0 || NAME_OFFSET + length > head.length) return null
  return new TextDecoder().decode(head.subarray(NAME_OFFSET, NAME_OFFSET + length))
}

/** A zip archive of images in folders, whose first file tells it from other archives. */
export const imageArchive: DataFormat = {
  label: 'a zip archive of images',
  accepts: (head) => {
    const name = firstEntryName(head)
    return name !== null && (name.endsWith('/') || isImageName(name) || isLabelTableName(name))
  },
  read: async (file, id, onProgress) => {
    const opened = await settle(file.name, () => openZip(file, IMAGE_ZIP_LIMITS))
    if (!opened.ok) return opened
    const archive = opened.value
    const files = [...archive.entries.values()]
      .filter(({ name }) => !name.endsWith('/'))
      .map(({ name, bytes }) => ({ path: name, size: bytes, bytes: () => archive.read(name) }))
    const name = file.name.replace(/\.zip$/iu, '')
    return readImageFolder({ name, id, bytes: file.size, files }, onProgress)
  },
}
