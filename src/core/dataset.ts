/** `integer` holds whole numbers within ±(2^53 − 1); both numeric types are stored as float64. */
export type ColumnType = 'integer' | 'number' | 'text'

export interface ColumnInfo {
  readonly name: string
  readonly type: ColumnType
  readonly missing: number
  /** Different values, counted up to {@link DISTINCT_CAP}. */
  readonly distinct: number
}

/** Above this many different values a column no longer counts them. */
export const DISTINCT_CAP = 10_000

/**
 * One column of one chunk. Numeric: float64, NaN where missing. Text: `codes` are indices into the
 * dataset-wide `dictionary` of the column, −1 where missing.
 */
export type ColumnChunk =
  | { readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly codes: Int32Array }

export interface DatasetChunk {
  readonly start: number
  readonly rows: number
  readonly columns: readonly ColumnChunk[]
}

/** A parsed table. Lives in the reader worker; the page sees only its {@link DatasetInfo}. */
export interface Dataset {
  readonly info: DatasetInfo
  readonly chunks: readonly DatasetChunk[]
  /** By column: the different texts in order of first appearance; null for numeric columns. */
  readonly dictionaries: readonly (readonly string[] | null)[]
}

/** What the page knows of a dataset. Cloneable. */
export interface DatasetInfo {
  readonly id: string
  readonly name: string
  readonly bytes: number
  /** Of the file's bytes, lower-case hex. */
  readonly sha256: string
  readonly rows: number
  readonly columns: readonly ColumnInfo[]
  /** First rows as the file writes them, for the preview. */
  readonly preview: readonly (readonly string[])[]
  /** Sentences on what was odd, with line numbers. */
  readonly warnings: readonly string[]
  /**
   * Of data that says itself which columns are inputs of a model and which hold answers that were
   * recorded (an ONNX test-data folder): names, in the order of the model. Absent elsewhere.
   */
  readonly recorded?: { readonly inputs: readonly string[]; readonly outputs: readonly string[] }
}

/** Which column plays which part. */
export interface Roles {
  readonly target: string | null
  /** In the order that models read them. */
  readonly features: readonly string[]
  /** Of a parity check against recorded answers: the columns that hold them, in order. */
  readonly reference?: readonly string[]
}
