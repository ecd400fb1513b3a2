import type { Failure } from './failure'
import type { ImageSettings } from './image-settings'

/**
 * `integer` holds whole numbers within ±(2^53 − 1); `integer` and `number` are stored as float64. A
 * `tensor` holds an array of numbers in every row, such as an image.
 */
export type ColumnType = 'integer' | 'number' | 'text' | 'tensor'

export interface ColumnInfo {
  readonly name: string
  readonly type: ColumnType
  /** Rows without a value; of a tensor, rows that hold a NaN. */
  readonly missing: number
  /** Different values, counted up to {@link DISTINCT_CAP}; 0 for tensors, which are not compared. */
  readonly distinct: number
  /** Of a tensor alone: the dimensions of one row. */
  readonly shape?: readonly number[]
}

/** Numbers that one row of a column gives to a model. */
export function columnWidth({ shape }: ColumnInfo): number {
  return shape === undefined ? 1 : shape.reduce((product, size) => product * size, 1)
}

/** What is shown in place of a tensor: `28 × 28 numbers`. */
export function tensorText(shape: readonly number[]): string {
  return `${shape.join(' × ')} numbers`
}

/** The type as people read it: `text`, `tensor of 28 × 28 numbers`. */
export function columnTypeText({ type, shape }: ColumnInfo): string {
  return shape === undefined ? type : `tensor of ${tensorText(shape)}`
}

/** Above this many different values a column no longer counts them. */
export const DISTINCT_CAP = 10_000

/**
 * One column of one chunk. Numeric: float64, NaN where missing. Text: `codes` are indices into the
 * dataset-wide `dictionary` of the column, −1 where missing. Tensor: row-major, `width` numbers a row.
 */
export type ColumnChunk =
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly codes: Int32Array }
  | TensorChunk

export interface TensorChunk {
  readonly kind: 'tensor'
  readonly values: TensorValues
  /** See {@link columnWidth}. */
  readonly width: number
  /** Of values that are made when they are read, see {@link Dataset.fetch}. */
  readonly bounds?: ValueBounds
}

/** 64-bit integers are kept as float64. */
export type TensorValues =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

export interface DatasetChunk {
  readonly start: number
  readonly rows: number
  readonly columns: readonly ColumnChunk[]
}

/** What is known of a tensor's values without looking at them. */
export interface ValueBounds {
  readonly min: number
  readonly max: number
  readonly isInteger: boolean
}

/** A parsed table. Lives in the reader worker; the page sees only its {@link DatasetInfo}. */
export interface Dataset {
  readonly info: DatasetInfo
  readonly chunks: readonly DatasetChunk[]
  /** By column: the different texts in order of first appearance; null for columns of numbers. */
  readonly dictionaries: readonly (readonly string[] | null)[]
  /**
   * Where values are made when they are needed (images are decoded): makes those of the rows `start` …
   * `end − 1` ready to be read until the next call. Fails where a file cannot be read any more.
   */
  readonly fetch?: (start: number, end: number) => Promise<Failure | null>
  /** Of images alone: the same images read with other settings. */
  readonly withImages?: (settings: ImageSettings) => Dataset
}

/** What the page knows of a dataset. Cloneable. */
export interface DatasetInfo {
  readonly id: string
  readonly name: string
  /** Names in order where several files make one dataset; absent for one. */
  readonly files?: readonly string[]
  /** Of all files. */
  readonly bytes: number
  /** Of the file's bytes, lower-case hex; of several files, of their hashes in order. */
  readonly sha256: string
  readonly rows: number
  readonly columns: readonly ColumnInfo[]
  /** First rows as the file writes them, for the preview. */
  readonly preview: readonly (readonly string[])[]
  /** Sentences on what was odd, with line numbers. */
  readonly warnings: readonly string[]
  /** Of images alone. */
  readonly images?: ImagesInfo
  /**
   * Of data that says itself which columns are inputs of a model and which hold answers that were
   * recorded (an ONNX test-data folder): names, in the order of the model. Absent elsewhere.
   */
  readonly recorded?: { readonly inputs: readonly string[]; readonly outputs: readonly string[] }
}

/** How a dataset's images are read. */
export interface ImagesInfo {
  readonly settings: ImageSettings
  /** Pixels of every image, where all have the same; else null. */
  readonly commonSize: { readonly width: number; readonly height: number } | null
  /** Files that are left out, and why: what completes a sentence that begins with the path. */
  readonly leftOut: readonly { readonly path: string; readonly finding: string }[]
}

/** Which column plays which part. */
export interface Roles {
  readonly target: string | null
  /** In the order that models read them. */
  readonly features: readonly string[]
  /** Of a parity check against recorded answers: the columns that hold them, in order. */
  readonly reference?: readonly string[]
}
