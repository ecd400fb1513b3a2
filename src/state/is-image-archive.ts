/** Of the directory at the end of a zip archive, in which the names of its files stand as they are. */
const DIRECTORY_BYTES = 65_536

/** Whether a zip archive is one of images, by the names in it; a saved policy holds none. */
export async function isImageArchive(file: File): Promise<boolean> {
  try {
    const tail = await file.slice(-DIRECTORY_BYTES).arrayBuffer()
    const names = new TextDecoder('latin1').decode(tail)
    // A name ends where the signature of the next entry, the end record or an extra field begins.
    return /\.(png|jpe?g|webp)(PK|\W)/i.test(names) && !names.includes('policy.pth')
  } catch {
    return false
  }
}
