import type { KeptRows, SliceSurvey } from '../core/exploration'
import type { Failure } from '../core/failure'
import type { ReaderClient } from '../engine/reader-client'

/** One metric in the slices of every column, made when it is first looked at. */
export class SliceTable {
  metric = $state('')
  /** Place of the column whose slices are shown; null: where the ranking turns, else the target. */
  column = $state<number | null>(null)
  survey = $state.raw<SliceSurvey | null>(null)
  failure = $state.raw<Failure | null>(null)
  /** Columns done, of all. */
  progress = $state.raw<readonly [done: number, of: number]>([0, 0])
  #known: readonly SliceSurvey[] = []
  #isBusy = false

  constructor(
    private readonly reader: ReaderClient,
    private readonly kept: KeptRows,
    metric: string,
    readonly target: number,
  ) {
    const { sliceMetrics } = kept
    this.metric = sliceMetrics.includes(metric) ? metric : (sliceMetrics[0] ?? metric)
  }

  choose(metric: string): void {
    this.metric = metric
    this.survey = this.#known.find((known) => known.metric === metric) ?? null
    this.failure = null
    void this.look()
  }

  /** One survey at a time: a second would only make the first one wait. */
  async look(): Promise<void> {
    if (this.#isBusy || this.survey !== null || this.failure !== null) return
    this.#isBusy = true
    const { metric } = this
    this.progress = [0, 0]
    const made = await this.reader.slices({ id: this.kept.id, metric }, (done, of) => {
      this.progress = [done, of]
    })
    this.#isBusy = false
    if (made.ok) this.#known = [...this.#known, made.value]
    if (metric !== this.metric) return void this.look()
    if (made.ok) this.survey = made.value
    else this.failure = made.failure
  }
}
