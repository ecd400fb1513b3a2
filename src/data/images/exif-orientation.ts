const ORIENTATION_TAG = 0x0112
const ENTRY_BYTES = 12
const UPRIGHT = 1

/**
 * How an EXIF block says that its image is to be turned, 1 (upright) where it says nothing.
 * @param bytes a TIFF structure: byte order, 42, and where the first directory lies
 */
export function exifOrientation(bytes: Uint8Array): number {
  if (bytes.length < 8) return UPRIGHT
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const order = view.getUint16(0)
  const isLittle = order === 0x4949
  if (!isLittle && order !== 0x4d4d) return UPRIGHT
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > bytes.length) return UPRIGHT
  const entries = view.getUint16(directory, isLittle)
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + index * ENTRY_BYTES
    if (at + ENTRY_BYTES > bytes.length) return UPRIGHT
    if (view.getUint16(at, isLittle) !== ORIENTATION_TAG) continue
    const value = view.getUint16(at + 8, isLittle)
    return value >= 1 && value <= 8 ? value : UPRIGHT
  }
  return UPRIGHT
}
