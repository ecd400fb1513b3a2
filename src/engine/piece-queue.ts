import type { RowRange } from './journal'

/** Rows `start` … `end − 1` of one model. */
export interface Piece {
  readonly modelId: string
  readonly start: number
  readonly end: number
}

/** A second lane joins a model only for at least this many waiting pieces: it has to load it first. */
const PIECES_WORTH_A_LOAD = 2

/**
 * Who works on what next. Each lane stays with the model that it has loaded, then takes a model
 * that nobody has begun, then helps with the model that has most left. Pure bookkeeping.
 */
export class PieceQueue {
  readonly #waiting = new Map<string, Piece[]>()
  readonly #lanes = new Map<string, Set<number>>()

  /**
   * @param pieceRows pieces end at its multiples, so that all models share the same input blocks
   * @param wholes rows that can only be answered together, in place of `pieceRows`; null for none
   */
  constructor(
    private readonly pieceRows: number,
    private readonly wholes: readonly RowRange[] | null = null,
  ) {}

  /** @param wholes of this model alone, in place of those of all */
  add(modelId: string, missing: readonly RowRange[], wholes = this.wholes): void {
    const ranges = wholes === null ? this.#cut(missing) : wholesIn(wholes, missing)
    this.#waiting.set(
      modelId,
      ranges.map((range) => ({ modelId, ...range })),
    )
    this.#lanes.set(modelId, new Set())
  }

  /** The next piece for a lane, or null when nothing is left that is worth its while. */
  take(lane: number, loaded: string | null): Piece | null {
    // A lane that has lost its model shares it with nobody, not even with its former self.
    if (loaded === null) this.leave(lane)
    const modelId = this.#choose(loaded)
    if (modelId === null) {
      this.leave(lane)
      return null
    }
    if (modelId !== loaded) this.leave(lane)
    this.#lanes.get(modelId)?.add(lane)
    return this.#waiting.get(modelId)?.shift() ?? null
  }

  /** The first piece that still waits for a model, to prepare its rows in time. */
  peek(modelId: string): Piece | null {
    return this.#waiting.get(modelId)?.[0] ?? null
  }

  /** Puts rows back that a lane was given and did not finish; they come next. */
  putBack(piece: Piece): void {
    this.#waiting.get(piece.modelId)?.unshift(piece)
  }

  /** Nothing more of a model is handed out. */
  drop(modelId: string): void {
    this.#waiting.set(modelId, [])
  }

  /** A lane has nothing loaded any more. */
  leave(lane: number): void {
    for (const lanes of this.#lanes.values()) lanes.delete(lane)
  }

  #cut(missing: readonly RowRange[]): RowRange[] {
    const ranges: RowRange[] = []
    for (const range of missing) {
      let { start } = range
      while (start < range.end) {
        const boundary = start - (start % this.pieceRows) + this.pieceRows
        const end = Math.min(range.end, boundary)
        ranges.push({ start, end })
        start = end
      }
    }
    return ranges
  }

  #choose(loaded: string | null): string | null {
    if (loaded !== null && this.#left(loaded) > 0) return loaded
    let most: string | null = null
    for (const [modelId, lanes] of this.#lanes) {
      const left = this.#left(modelId)
      if (left === 0) continue
      if (lanes.size === 0) return modelId
      if (left >= PIECES_WORTH_A_LOAD && (most === null || left > this.#left(most))) most = modelId
    }
    return most
  }

  #left(modelId: string): number {
    return this.#waiting.get(modelId)?.length ?? 0
  }
}

/** The wholes of which any row is missing. */
function wholesIn(wholes: readonly RowRange[], missing: readonly RowRange[]): readonly RowRange[] {
  return wholes.filter((whole) =>
    missing.some((range) => range.start < whole.end && whole.start < range.end),
  )
}
