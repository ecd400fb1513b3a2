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
 * Whether a file is one of data whatever it is called: gzip, NPY, NPZ, IDX, Parquet, Arrow files. Text and JSON have no
 * signature.
 * @param head the first bytes, some hundreds of them
 */
export function isDataFile(head: Uint8Array, fileBytes: number): boolean {
  const startsWith = (bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  return SIGNATURES.some(startsWith) || isIdx(head, fileBytes) || (startsWith(ZIP) && isNpz(head))
}

/** By the name of the first file in the archive. */
export function isNpz(head: Uint8Array): boolean {
  if (!ZIP.every((byte, at) => head[at] === byte) || head.length < ZIP_NAME_AT) return false
  const length = (head[ZIP_NAME_LENGTH_AT] ?? 0) + 256 * (head[ZIP_NAME_LENGTH_AT + 1] ?? 0)
  const name = new TextDecoder().decode(head.subarray(ZIP_NAME_AT, ZIP_NAME_AT + length))
  return name.toLowerCase().endsWith('.npy')
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
