/** Room outside of memory, for values that are read back when they are needed. */
export interface Scratch {
  /** Appends bytes and answers their place; null where there is no room left. */
  append(bytes: Uint8Array): number | null
  /**
   * Fills `into` with the bytes from `place` on.
   * @throws {LostValues} where they cannot be read any more
   */
  read(place: number, into: Uint8Array): void
  /** Gives the room up. */
  close(): void
}

/** Values of a dataset that were put aside cannot be read back. */
export class LostValues extends Error {
  override readonly name = 'LostValues'
}
