import type { ValueRoom } from './value-room'

/** Most cells that the open chunks of all columns hold together. */
const OPEN_CELLS = 2 ** 22
/** Rows of a chunk of a table that is not wide. */
export const CHUNK_ROWS = 65_536

/** How a table is cut into chunks, and where these are kept. */
export interface Chunking {
  /** Of every chunk but the last, which may have fewer. */
  readonly rows: number
  readonly room: ValueRoom
}

/** Rows of a chunk, so that the open chunks of a wide table stay within memory. */
export function rowsPerChunk(cellsPerRow: number): number {
  const rows = 2 ** Math.floor(Math.log2(OPEN_CELLS / Math.max(1, cellsPerRow)))
  return Math.min(CHUNK_ROWS, Math.max(1, rows))
}

/** Rows of each chunk of a table. */
export function chunkLengths(rows: number, chunkRows: number): readonly number[] {
  return Array.from({ length: Math.ceil(rows / chunkRows) }, (_, chunk) =>
    Math.min(chunkRows, rows - chunk * chunkRows),
  )
}
