import { contentHash } from '../../core/content-hash'
import {
  DISTINCT_CAP,
  tensorText,
  type ColumnChunk,
  type ColumnInfo,
  type Dataset,
  type DatasetChunk,
  type TensorChunk,
} from '../../core/dataset'
import { imageShape, type ImageSettings } from '../../core/image-settings'
import { encodeTexts } from '../encode-texts'
import type { ImageFile, LeftOut } from './image-file'
import { imageGeometry } from './image-geometry'
import { ImageRows } from './image-rows'
import type { LabelColumn } from './label-table'
import { levelTable, normalise } from './pixel-tensor'

/** Images and what is known of each, before anything is said of how they are read. */
export interface LabelledImages {
  readonly id: string
  readonly name: string
  readonly bytes: number
  /** Of all files and their paths. */
  readonly sha256: string
  /** One per row; an image may stand in several. */
  readonly images: readonly ImageFile[]
  readonly columns: readonly LabelColumn[]
  /** Name of the column that holds the paths. */
  readonly nameColumn: string
  readonly leftOut: readonly LeftOut[]
  readonly warnings: readonly string[]
}

const PREVIEW_ROWS = 8
const IMAGE_COLUMN = 'image'

/** Images as a dataset: a tensor column that is decoded when it is read, labels, and the paths. */
export function imageDataset(all: LabelledImages, settings: ImageSettings): Dataset {
  const fitting = all.images.map(({ header }) => imageGeometry(header, settings) !== null)
  const rows = [...fitting.keys()].filter((row) => fitting[row])
  const images = rows.flatMap((row) => all.images[row] ?? [])
  const tooSmall = all.images.filter((_, row) => !fitting[row])
  const source = new ImageRows(images, settings)
  const columns = [
    ...all.columns.map((column) => pickRows(column, rows)),
    pathColumn(all.nameColumn, images),
  ]
  const shape = imageShape(settings)
  const image = { name: imageColumnName(columns), type: 'tensor', shape } as const
  return {
    info: {
      ...{ id: all.id, name: all.name, bytes: all.bytes, rows: rows.length },
      sha256: contentHash(new TextEncoder().encode(all.sha256 + JSON.stringify(settings))),
      columns: [{ ...image, missing: 0, distinct: 0 }, ...columns.map(({ info }) => info)],
      preview: previewRows(columns, rows.length, tensorText(shape)),
      warnings: all.warnings,
      images: {
        settings,
        commonSize: commonSize(all.images),
        leftOut: [...all.leftOut, ...tooSmall.map((file) => smallImage(file, settings))],
      },
    },
    chunks: imageChunks(source, columns, settings),
    dictionaries: [null, ...columns.map(({ dictionary }) => dictionary)],
    fetch: (start, end) => source.fetch(start, end),
    withImages: (other) => imageDataset(all, other),
  }
}

/** A column of as many cells as there are images. */
interface Column {
  readonly info: ColumnInfo
  readonly dictionary: readonly string[] | null
  readonly chunk: (start: number, end: number) => ColumnChunk
  readonly cell: (row: number) => string
}

function pickRows(column: LabelColumn, rows: readonly number[]): Column {
  if (column.kind === 'text') {
    return textColumn(
      column.info.name,
      rows.map((row) => column.texts[row] ?? null),
    )
  }
  const values = Float64Array.from(rows, (row) => column.values[row] ?? NaN)
  const present = values.filter((value) => !Number.isNaN(value))
  const distinct = Math.min(DISTINCT_CAP, new Set(present).size)
  return {
    info: { ...column.info, missing: values.length - present.length, distinct },
    dictionary: null,
    chunk: (start, end) => ({ kind: 'numeric', values: values.subarray(start, end) }),
    cell: (row) => (Number.isNaN(values[row]) ? '' : String(values[row])),
  }
}

function pathColumn(name: string, images: readonly ImageFile[]): Column {
  return textColumn(
    name,
    images.map(({ path }) => path),
  )
}

function textColumn(name: string, texts: readonly (string | null)[]): Column {
  const { codes, dictionary, missing } = encodeTexts(texts)
  return {
    info: { name, type: 'text', missing, distinct: Math.min(DISTINCT_CAP, dictionary.length) },
    dictionary,
    chunk: (start, end) => ({ kind: 'text', codes: codes.subarray(start, end) }),
    cell: (row) => texts[row] ?? '',
  }
}

function imageColumnName(columns: readonly Column[]): string {
  const taken = new Set(columns.map(({ info }) => info.name))
  let name = IMAGE_COLUMN
  for (let number = 2; taken.has(name); number++) name = `${IMAGE_COLUMN} ${String(number)}`
  return name
}

function imageChunks(
  source: ImageRows,
  columns: readonly Column[],
  settings: ImageSettings,
): readonly DatasetChunk[] {
  const total = source.images.length
  const table = levelTable(settings)
  const bounds = {
    min: table.reduce((least, value) => Math.min(least, value), Infinity),
    max: table.reduce((most, value) => Math.max(most, value), -Infinity),
    isInteger: table.every(Number.isInteger),
  }
  return Array.from({ length: source.chunks }, (_, place): DatasetChunk => {
    const start = place * source.chunkRows
    const end = Math.min(total, start + source.chunkRows)
    const image: TensorChunk = {
      kind: 'tensor',
      width: source.width,
      bounds,
      get values() {
        return normalise(source.levels(place), settings)
      },
    }
    return {
      ...{ start, rows: end - start },
      columns: [image, ...columns.map(({ chunk }) => chunk(start, end))],
    }
  })
}

function previewRows(
  columns: readonly Column[],
  rows: number,
  image: string,
): readonly (readonly string[])[] {
  return Array.from({ length: Math.min(PREVIEW_ROWS, rows) }, (_, row) => [
    image,
    ...columns.map(({ cell }) => cell(row)),
  ])
}

function commonSize(
  images: readonly ImageFile[],
): { readonly width: number; readonly height: number } | null {
  const first = images[0]?.header
  if (first === undefined) return null
  const { width, height } = first
  const isCommon = images.every(({ header }) => header.width === width && header.height === height)
  return isCommon ? { width, height } : null
}

function smallImage({ path, header }: ImageFile, { width, height }: ImageSettings): LeftOut {
  const has = `${String(header.width)} × ${String(header.height)}`
  return { path, finding: `has ${has} pixels, too few for ${String(width)} × ${String(height)}` }
}
