/** Judges by names which files are meant as images; what is in them is judged by their content. */
const IMAGE_ENDING = /\.(png|jpe?g|jfif|webp|gif|svg|bmp|tiff?|avif|heic|heif|ico)$/i
/** Files that systems leave in folders and archives. */
const SYSTEM_FILE = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/

export function isImageName(path: string): boolean {
  return IMAGE_ENDING.test(path) && !isSystemFile(path)
}

export function isSystemFile(path: string): boolean {
  return SYSTEM_FILE.test(path)
}

/** A table that may name images and their labels. */
export function isLabelTableName(path: string): boolean {
  return /\.(csv|tsv|tab)$/i.test(path) && !isSystemFile(path)
}
