import { CAPS, FOLDER_FILES } from '../core/caps'
import { openZip } from '../archive/zip-archive'
import { zipLimitsOf, type ZipLimits } from '../archive/zip-limits'
import { isImageZip } from '../core/data-signature'
import { settle } from '../core/refusal'
import type { DataFormat } from './data-format'
import { readImageFolder } from './images/read-image-folder'

const MIB = 2 ** 20
const GIB = 2 ** 30

/** Entries are unpacked one at a time and decoded by a decoder that counts pixels first. */
const IMAGE_ZIP_LIMITS: ZipLimits = {
  entries: FOLDER_FILES,
  directoryBytes: 64 * MIB,
  nameBytes: 1024,
  entryBytes: CAPS['image-bytes'].value,
  totalBytes: 256 * GIB,
  ratio: 200,
}

/** A zip archive of images in folders, whose first file tells it from other archives. */
export const imageArchive: DataFormat = {
  label: 'a zip archive of images',
  accepts: isImageZip,
  read: async (file, id, onProgress) => {
    const opened = await settle(file.name, () => openZip(file, zipLimitsOf(file, IMAGE_ZIP_LIMITS)))
    if (!opened.ok) return opened
    const archive = opened.value
    const files = [...archive.entries.values()]
      .filter(({ name }) => !name.endsWith('/'))
      .map(({ name, bytes }) => ({ path: name, size: bytes, bytes: () => archive.read(name) }))
    const name = file.name.replace(/\.zip$/iu, '')
    return readImageFolder({ file, name, id, bytes: file.size, files }, onProgress)
  },
}
