/** The columns of a market table that an account trades on, one value per bar. */
export interface Prices {
  /** Bars. */
  readonly rows: number
  /** Null where no column is mapped. */
  readonly open: Float64Array | null
  readonly close: Float64Array
  /** In units of price; all zero where no column is mapped. */
  readonly spread: Float64Array
}

/** A market table whose every value has been checked. */
export interface Market extends Prices {
  /** Milliseconds since 1970 (UTC), rising; null without a time column. */
  readonly times: Float64Array | null
  /** Row-major bars × `observationWidth`, in the order that policies read. */
  readonly observations: Float32Array
  readonly observationWidth: number
}
