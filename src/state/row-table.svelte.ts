import type {
  KeptRows,
  RowCondition,
  RowField,
  RowQuery,
  RowRecord,
  RowSort,
  RowView,
} from '../core/exploration'
import type { Failure, Outcome } from '../core/failure'
import type { ReaderClient } from '../engine/reader-client'
import { BLOCK_ROWS, RowBlocks } from './row-blocks'

/**
 * Rows that can be scrolled through at once: browsers draw no element higher than some 17 million
 * pixels, and a scroll bar over more rows than these cannot be aimed with.
 */
export const PAGE_ROWS = 100_000
/** A typed condition waits for a pause before it is asked for. */
const PAUSE_MS = 150

/** A condition while it is typed. */
export interface DraftCondition {
  readonly field: RowField | null
  readonly text: string
}

/** The rows of a comparison as a table that is filtered, put in order and scrolled through. */
export class RowTable {
  view = $state.raw<RowView>({ kind: 'all' })
  conditions = $state.raw<readonly RowCondition[]>([])
  draft = $state.raw<DraftCondition>({ field: null, text: '' })
  sort = $state.raw<RowSort | null>(null)
  /** Rows that match; null until that is known. */
  matched = $state<number | null>(null)
  failure = $state.raw<Failure | null>(null)
  /** First row of the page that is scrolled through. */
  start = $state(0)
  /** Place of the row whose detail is shown, among all that match. */
  opened = $state<number | null>(null)
  detail = $state.raw<RowRecord | null>(null)

  #blocks = new RowBlocks()
  /** Changes when blocks come or go. */
  #stamp = $state(0)
  /** The blocks answer the question before: they are shown until the first of the new ones comes. */
  #isOutdated = true
  #version = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param fields what is shown of each row */
  constructor(
    private readonly reader: ReaderClient,
    private readonly kept: KeptRows,
    readonly fields: readonly RowField[],
    private readonly detailFields: readonly RowField[],
  ) {
    this.#reset()
  }

  get query(): RowQuery {
    const conditions = [...this.conditions, this.draft].filter(({ text }) => text.trim() !== '')
    return { view: this.view, conditions, sort: this.sort }
  }

  /** Rows of the page that is scrolled through. */
  get pageRows(): number {
    return Math.min(PAGE_ROWS, Math.max(0, (this.matched ?? 0) - this.start))
  }

  /** @param place among all that match; null while it is not here */
  rowAt(place: number): RowRecord | null {
    // The stamp is read so that views follow the blocks, which are no state themselves.
    return this.#stamp === 0 ? null : this.#blocks.row(place)
  }

  /** Asks for the rows from `first` to `last` that are not here. */
  want(first: number, last: number): void {
    if (this.#isOutdated) return
    const end = Math.min(last, (this.matched ?? BLOCK_ROWS) - 1)
    for (let block = Math.floor(first / BLOCK_ROWS); block * BLOCK_ROWS <= end; block += 1) {
      if (!this.#blocks.isAsked(block)) void this.#fetch(block)
    }
  }

  show(view: RowView): void {
    this.view = view
    this.#reset()
  }

  sortBy(sort: RowSort | null): void {
    this.sort = sort
    this.#reset()
  }

  type(draft: DraftCondition): void {
    this.draft = draft
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#reset(), PAUSE_MS)
  }

  /** The typed condition stays, and another can be typed. */
  keepDraft(): void {
    if (this.draft.text.trim() === '') return
    this.conditions = [...this.conditions, this.draft]
    this.draft = { field: this.draft.field, text: '' }
    this.#reset()
  }

  removeCondition(place: number): void {
    this.conditions = this.conditions.filter((_, index) => index !== place)
    this.#reset()
  }

  turnPage(start: number): void {
    this.start = start
    this.want(start, start)
  }

  /** @param place null closes it */
  async open(place: number | null): Promise<void> {
    this.opened = place
    this.detail = null
    if (place === null) return
    const version = this.#version
    const found = await this.reader.rows({
      ...{ id: this.kept.id, query: this.query, offset: place, limit: 1 },
      fields: this.detailFields,
    })
    if (version !== this.#version || this.opened !== place) return
    if (found.ok) this.detail = found.value.rows[0] ?? null
    else this.failure = found.failure
  }

  /** @param limit at most so many of the rows that match */
  file(
    fields: readonly RowField[],
    heads: readonly string[],
    limit: number,
  ): Promise<Outcome<Blob>> {
    return this.reader.rowsFile({ id: this.kept.id, query: this.query, fields, heads, limit })
  }

  #reset(): void {
    clearTimeout(this.#timer)
    this.#version += 1
    this.#isOutdated = true
    this.start = 0
    this.opened = null
    this.detail = null
    void this.#fetch(0)
  }

  async #fetch(block: number): Promise<void> {
    const version = this.#version
    if (!this.#isOutdated) this.#blocks.ask(block)
    const found = await this.reader.rows({
      ...{ id: this.kept.id, query: this.query, fields: this.fields },
      ...{ offset: block * BLOCK_ROWS, limit: BLOCK_ROWS },
    })
    // Another question was asked meanwhile.
    if (version !== this.#version) return
    if (this.#isOutdated) this.#blocks = new RowBlocks()
    this.#isOutdated = false
    this.#blocks.take(block, found.ok ? found.value.rows : null)
    this.#stamp += 1
    this.failure = found.ok ? null : found.failure
    if (found.ok) this.matched = found.value.matched
  }
}
