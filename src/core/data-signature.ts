import { isFolderBundle } from './folder-bundle'
import { isImageName, isLabelTableName } from './image-name'

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))

/** First bytes that only files of data have. */
const SIGNATURES: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x93, ...ascii('NUMPY')],
  ascii('PAR1'),
  ascii('ARROW1'),
]
const ZIP = ascii('PK\x03\x04')
const ZIP_NAME_LENGTH_AT = 26
const ZIP_NAME_AT = 30
/** By the third byte of an IDX file. */
const IDX_ELEMENT_BYTES: ReadonlyMap<number, number> = new Map([
  [0x08, 1],
  [0x09, 1],
  [0x0b, 2],
  [0x0c, 4],
  [0x0d, 4],
  [0x0e, 8],
])
const IDX_MOST_AXES = 8

/**
 * Whether a file is one of data whatever it is called: gzip, NPY, NPZ, IDX, Parquet, Arrow, a
 * folder, an archive of images. Text and JSON have no signature.
 * @param head the first bytes, some hundreds of them
 */
export function isDataFile(head: Uint8Array, fileBytes: number): boolean {
  const startsWith = (bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  if (SIGNATURES.some(startsWith) || isIdx(head, fileBytes)) return true
  return isFolderBundle(head) || isNpz(head) || isImageZip(head)
}

/** By the name of the first file in the archive. */
export function isNpz(head: Uint8Array): boolean {
  return firstZipName(head)?.toLowerCase().endsWith('.npy') === true
}

/** By the name of the first file in the archive: an image, or a table that may name images. */
export function isImageZip(head: Uint8Array): boolean {
  const name = firstZipName(head)
  return name !== null && (isImageName(name) || isLabelTableName(name))
}

/** Of a zip archive's first file that is no folder; null where it lies behind `head`. */
function firstZipName(head: Uint8Array): string | null {
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  let at = 0
  while (ZIP.every((byte, place) => head[at + place] === byte) && at + ZIP_NAME_AT < head.length) {
    const length = view.getUint16(at + ZIP_NAME_LENGTH_AT, true)
    const end = at + ZIP_NAME_AT + length
    if (length === 0 || end > head.length) return null
    const name = new TextDecoder().decode(head.subarray(at + ZIP_NAME_AT, end))
    if (!name.endsWith('/')) return name
    // A folder has an extra field and no bytes.
    at = end + view.getUint16(at + ZIP_NAME_LENGTH_AT + 2, true)
  }
  return null
}

/** Raw numbers of any kind may begin like an IDX file: the sizes have to fit as well. */
function isIdx(head: Uint8Array, fileBytes: number): boolean {
  const bytes = IDX_ELEMENT_BYTES.get(head[2] ?? 0)
  const axes = head[3] ?? 0
  if (head[0] !== 0 || head[1] !== 0 || bytes === undefined) return false
  if (axes < 1 || axes > IDX_MOST_AXES || head.length < 4 + 4 * axes) return false
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  let size = bytes
  for (let axis = 0; axis < axes; axis += 1) size *= view.getUint32(4 + 4 * axis)
  return 4 + 4 * axes + size === fileBytes
}
