import { bundleFolder } from '../core/folder-bundle'
import { isImageName, isLabelTableName, isSystemFile } from '../core/image-name'
import { testDataPlace } from '../core/test-data-name'

/** A file and where it lay in what was dropped. */
export interface DroppedFile {
  /** With `/`, relative; the name alone for a file that lay in no folder. */
  readonly path: string
  readonly file: File
}

/** A table that names images does so soon. */
const SNIFFED_BYTES = 65_536

/** The files of a folder that was picked, as browsers hand them over. */
export function pickedFiles(files: Iterable<File>): readonly DroppedFile[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
}

/**
 * Makes one file of the images of a drop, with the tables that name them: together they are one dataset.
 * So are the tensors of an ONNX test-data folder. Everything else stays a file of its own. A picture that merely lies beside models and data is no
 * dataset.
 */
export async function bundleFolders(dropped: readonly DroppedFile[]): Promise<readonly File[]> {
  const all = dropped.filter(({ path }) => !isSystemFile(path))
  const testData = all.filter(({ path }) => testDataPlace(path) !== null)
  const files = all.filter((file) => !testData.includes(file))
  const bundled = await bundleImages(files)
  if (testData.length === 0) return bundled
  return [...bundled, bundleFolder(bundleName(testData), testData)]
}

async function bundleImages(files: readonly DroppedFile[]): Promise<readonly File[]> {
  const images = files.filter(({ path }) => isImageName(path))
  if (images.length === 0) return files.map(({ file }) => file)
  const tables: DroppedFile[] = []
  for (const file of files) {
    if (isLabelTableName(file.path) && (await namesImages(file.file, images))) tables.push(file)
  }
  const folders = new Set(images.map(({ path }) => path.replace(/[^/]*$/u, '')))
  const isDataset = tables.length > 0 || folders.size > 1 || images.length === files.length
  if (!isDataset) return files.map(({ file }) => file)
  const bundled = new Set([...images, ...tables])
  const others = files.filter((file) => !bundled.has(file)).map(({ file }) => file)
  return [...others, bundleFolder(bundleName(images), [...bundled])]
}

async function namesImages(table: File, images: readonly DroppedFile[]): Promise<boolean> {
  const head = await table
    .slice(0, SNIFFED_BYTES)
    .text()
    .catch(() => '')
  const cells = new Set(head.split(/[\r\n,;\t|"]+/u).map((cell) => stemOf(cell.trim())))
  return images.some(({ path }) => cells.has(stemOf(path)))
}

/** Without folders and ending. */
function stemOf(path: string): string {
  return path.replace(/^.*[\\/]/u, '').replace(/\.[^.]+$/u, '')
}

/** Of the one folder that holds all files, where there is one. */
function bundleName(files: readonly DroppedFile[]): string {
  const tops = new Set(files.map(({ path }) => /^[^/]+(?=\/)/u.exec(path)?.[0] ?? null))
  const [top = null] = tops
  return tops.size === 1 && top !== null ? top : 'folder'
}
