import { LIST_LENGTH } from '../../core/caps'
import type { DraftColumn } from '../draft-dataset'
import type { Chunking } from '../room/chunking'
import type { Cells } from './column-sink'
import { TensorSink } from './tensor-sink'

/** Levels of a page of lists; see Dremel's levels in the format's description. */
interface ListPage {
  readonly count: number
  readonly definition: Int32Array | null
  readonly repetition: Int32Array | null
}

/**
 * A column of lists of numbers, which is a tensor where all lists are equally long. Lists of
 * different lengths, empty ones and missing ones make it no column: {@link problem} says why.
 */
export class ListSink {
  problem: string | null = null
  #tensor: TensorSink | null = null
  #row: number[] = []
  #isOpen = false
  #rows = 0

  constructor(
    private readonly name: string,
    private readonly chunking: Chunking,
    private readonly isSingle: boolean,
  ) {}

  /** Rows that have ended. */
  get rows(): number {
    return this.#rows
  }

  /** @param missingLevel of a number that is missing in a list; null where none can be */
  appendPage(
    { count, definition, repetition }: ListPage,
    cells: Cells,
    maxDefinition: number,
    missingLevel: number | null,
  ): void {
    let taken = 0
    for (let index = 0; index < count; index += 1) {
      const level = definition?.[index] ?? maxDefinition
      if ((repetition?.[index] ?? 0) === 0) {
        this.endRow()
        this.#isOpen = true
      }
      if (level === maxDefinition) this.#push(cells[taken++] as number)
      else if (level === missingLevel) this.#push(NaN)
    }
  }

  /** A row whose numbers are `cells[from … to − 1]`. */
  appendRow(cells: ArrayLike<number>, from: number, to: number): void {
    this.#isOpen = true
    for (let index = from; index < to; index += 1) this.#push(cells[index] as number)
    this.endRow()
  }

  endRow(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#rows += 1
    const row = this.#row
    this.#row = []
    if (this.problem !== null) return
    if (row.length === 0) this.problem = 'lists of which some are empty'
    else if (this.#tensor !== null && row.length !== this.#tensor.width) {
      this.problem = 'lists of different lengths'
    }
    if (this.problem !== null) return
    this.#tensor ??= new TensorSink(this.name, row.length, this.chunking, this.isSingle)
    this.#tensor.append(Float64Array.from(row), 0, row.length)
  }

  /** Null where the column is none. */
  finish(): DraftColumn | null {
    return this.problem === null ? (this.#tensor?.finish() ?? null) : null
  }

  #push(value: number): void {
    if (this.problem !== null) return
    if (this.#row.length >= LIST_LENGTH) this.problem = 'lists of more than 16 million numbers'
    else this.#row.push(value)
  }
}
