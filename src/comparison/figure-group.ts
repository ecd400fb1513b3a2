import type { GroupFigures, ResampledGroup } from '../statistics/bootstrap'
import { joinedGroups } from '../statistics/joined-groups'

/** What one figure of a group is. */
export interface FigureColumn {
  /** Metric id. */
  readonly id: string
  /** The model's place. */
  readonly model: number
}

/** One metric's figures of all models. */
export interface MetricColumns {
  readonly id: string
  readonly resamples: number
  /** By model: one figure per resample; null for a model without the metric. */
  readonly figures: readonly (Float64Array | null)[]
  /** By model: of the rows as they are. */
  readonly estimates: readonly number[]
}

/** Figures of all models that are resampled together, with what each of them is. */
export class FigureGroup {
  readonly #groups: ResampledGroup[] = []
  readonly #columns: FigureColumn[] = []

  /** @param columns one per figure of `group` */
  add(group: ResampledGroup, columns: readonly FigureColumn[]): void {
    this.#groups.push(group)
    this.#columns.push(...columns)
  }

  /** Metric ids, each once. */
  get ids(): readonly string[] {
    return [...new Set(this.#columns.map(({ id }) => id))]
  }

  join(): ResampledGroup {
    return joinedGroups(this.#groups)
  }

  /** @param result what the bootstrap made of {@link join} */
  read(result: NonNullable<GroupFigures>, models: number): readonly MetricColumns[] {
    return this.ids.map((id) => {
      const places = Array.from({ length: models }, (_, model) =>
        this.#columns.findIndex((column) => column.id === id && column.model === model),
      )
      return {
        id,
        resamples: result.resamples,
        figures: places.map((place) => result.figures[place] ?? null),
        estimates: places.map((place) => result.estimates[place] ?? NaN),
      }
    })
  }
}
