import type { CappedFile } from '../../core/caps'
import { contentHash } from '../../core/content-hash'
import { errorText, failed, success, type Outcome } from '../../core/failure'
import { quoted } from '../../core/display-text'
import { formatQuantity } from '../../core/format'
import type { Dataset } from '../../core/dataset'
import { DEFAULT_IMAGE_SETTINGS } from '../../core/image-settings'
import { isImageName, isLabelTableName } from '../../core/image-name'
import type { ReadProgress } from '../data-format'
import { delimitedText } from '../delimited-text'
import { ValueRoom } from '../room/value-room'
import type { FolderFile } from '../folder-file'
import { folderLabels } from './folder-labels'
import { imageDataset, type LabelledImages } from './image-dataset'
import type { ImageFile, LeftOut } from './image-file'
import { labelTable, type LabelTable } from './label-table'
import { scanImages, type ImageScan } from './scan-images'

export interface ImageFolder {
  /** The file that it is read from, whose limits hold. */
  readonly file: CappedFile
  readonly name: string
  readonly id: string
  readonly bytes: number
  readonly files: readonly FolderFile[]
}

const LABEL_COLUMN = 'label'
const PATH_COLUMN = 'file'

/**
 * Reads a folder of images: labels come from a table beside them that names them, else from the folders
 * they lie in. Images that cannot be used are left out by name.
 */
export async function readImageFolder(
  folder: ImageFolder,
  onProgress: ReadProgress,
): Promise<Outcome<Dataset>> {
  const files = [...folder.files].sort((a, b) => comparePaths(a.path, b.path))
  const scan = await scanImages(
    files.filter(({ path }) => isImageName(path)),
    folder.file,
    onProgress,
  )
  if (scan.images.length === 0) return noImages(folder.name, scan.leftOut)
  const labelled = await label(folder, files, scan)
  if (!labelled.ok) return labelled
  return success(imageDataset(labelled.value, DEFAULT_IMAGE_SETTINGS))
}

async function label(
  folder: ImageFolder,
  files: readonly FolderFile[],
  scan: ImageScan,
): Promise<Outcome<LabelledImages>> {
  const { name, id, bytes } = folder
  const paths = scan.images.map(({ path }) => path)
  const tables = files.filter(({ path }) => isLabelTableName(path))
  for (const file of tables) {
    const table = await readLabels(file, [...paths, ...scan.leftOut.map(({ path }) => path)])
    if (!table.ok) return table
    if (table.value === null) continue
    const labelled = byTable(file.path, table.value.labels, scan)
    if (labelled.images.length === 0) return noImages(name, labelled.leftOut)
    const sha256 = contentHash(new TextEncoder().encode(scan.sha256 + table.value.sha256))
    return success({ ...{ name, id, bytes, sha256 }, ...labelled })
  }
  return success({ ...{ name, id, bytes, sha256: scan.sha256 }, ...byFolder(scan) })
}

type Labelled = Omit<LabelledImages, 'id' | 'name' | 'bytes' | 'sha256'>

function byFolder(scan: ImageScan): Labelled {
  const { labels, splits } = folderLabels(scan.images.map(({ path }) => path))
  const isLabelled = labels.some((text) => text !== null)
  const rows = [...labels.keys()].filter((row) => !isLabelled || labels[row] !== null)
  const images = rows.flatMap((row) => scan.images[row] ?? [])
  const outside = scan.images.filter((_, row) => isLabelled && labels[row] === null)
  const texts = rows.map((row) => labels[row] ?? null)
  const info = { name: LABEL_COLUMN, type: 'text', missing: 0, distinct: 0 } as const
  return {
    images,
    columns: isLabelled ? [{ info, kind: 'text', texts }] : [],
    nameColumn: PATH_COLUMN,
    leftOut: [
      ...scan.leftOut,
      ...outside.map(({ path }) => ({ path, finding: 'lies in no folder of a class' })),
    ],
    warnings: [...noteKinds(images), ...noteSplits(splits)],
  }
}

function byTable(tablePath: string, table: LabelTable, scan: ImageScan): Labelled {
  const usable = scan.images.length
  const rows = [...table.images.keys()].filter((row) => (table.images[row] ?? usable) < usable)
  const images = rows.flatMap((row) => scan.images[table.images[row] ?? -1] ?? [])
  const named = new Set(table.images)
  const unnamed = scan.images.filter((_, index) => !named.has(index))
  const columns = table.columns.map((column) =>
    column.kind === 'text'
      ? { ...column, texts: rows.map((row) => column.texts[row] ?? null) }
      : { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) },
  )
  const where = quoted(tablePath)
  return {
    ...{ images, columns, nameColumn: table.nameColumn },
    leftOut: [
      ...scan.leftOut,
      ...table.unknown.map((path) => ({ path, finding: `is named in ${where} and is missing` })),
      ...unnamed.map(({ path }) => ({ path, finding: `is not named in ${where}` })),
    ],
    warnings: noteKinds(images),
  }
}

/** The labels in a file that is a table of them; null in one that is not. */
async function readLabels(
  file: FolderFile,
  paths: readonly string[],
): Promise<Outcome<{ readonly labels: LabelTable; readonly sha256: string } | null>> {
  const name = file.path.replace(/^.*\//u, '')
  try {
    const blob = new File([await file.bytes()], name)
    const table = await delimitedText.read(blob, 'labels', () => undefined, ValueRoom.unlimited())
    // Notes and licences lie beside images as well.
    const labels = table.ok ? labelTable(table.value, paths) : null
    if (!table.ok || labels === null) return success(null)
    return success({ labels, sha256: table.value.info.sha256 })
  } catch (error) {
    return failed(
      'file-unreadable',
      `${quoted(file.path)} could not be read.`,
      'Check that the file still exists, then add the folder again.',
      errorText(error),
    )
  }
}

function noteKinds(images: readonly ImageFile[]): readonly string[] {
  const kinds = [
    { note: 'turned upright, as EXIF says', is: ({ header }) => header.orientation !== 1 },
    { note: 'of 16 bits per channel, read with 8', is: ({ header }) => header.bits === 16 },
    { note: 'animated, of which the first frame is read', is: ({ header }) => header.isAnimated },
  ] satisfies readonly { note: string; is: (image: ImageFile) => boolean }[]
  return kinds.flatMap(({ note, is }) => {
    const found = images.filter(is)
    const [first] = found
    if (first === undefined) return []
    const verb = found.length === 1 ? 'is' : 'are'
    const which = found.length === 1 ? quoted(first.path) : `${quoted(first.path)} and others`
    return [`${formatQuantity(found.length, 'image')} ${verb} ${note}: ${which}.`]
  })
}

function noteSplits(splits: readonly string[]): readonly string[] {
  if (splits.length < 2) return []
  const names = splits.map((name) => quoted(name)).join(', ')
  return [`The folders ${names} are read as one set; drop one of them to compare on it alone.`]
}

function noImages(name: string, leftOut: readonly LeftOut[]): Outcome<never> {
  const [first] = leftOut
  const example = first === undefined ? '' : `: ${quoted(first.path)} ${first.finding}`
  return failed(
    'no-rows',
    `${quoted(name)} holds no image that can be used${example}.`,
    'Add PNG, JPEG or WebP images in a folder per class, or with a CSV file that names them.',
  )
}

/** By code units, as Python sorts: the order is the same everywhere. */
function comparePaths(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
