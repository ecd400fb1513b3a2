import type { Interval } from '../core/comparison'
import { delong, delongCovariance, rocPlacements, type RocPlacements } from '../statistics/delong'
import { normalQuantile } from '../statistics/normal-distribution'
import type { ClassificationEvidence } from './evidence'
import type { NamedTest, PairedMetric } from './paired-metric'

/** Standard errors on either side of an area in its 95 % interval. */
const REACH = normalQuantile(0.975)

/** ROC AUC of two classes by DeLong's method; placements are made once per model. */
export class AreaTests {
  readonly #positives = new Map<number, Uint8Array>()
  readonly #placements = new Map<number, RocPlacements | null>()

  constructor(
    private readonly truth: Int32Array,
    private readonly models: readonly ClassificationEvidence[],
  ) {}

  /** By row, 1 where it is of the class. */
  isPositive(classIndex: number): Uint8Array {
    const known = this.#positives.get(classIndex)
    if (known !== undefined) return known
    const made = Uint8Array.from(this.truth, (actual) => (actual === classIndex ? 1 : 0))
    this.#positives.set(classIndex, made)
    return made
  }

  /** Null but for two classes. `statistic` is z of the second area minus the first. */
  test(first: number, second: number): NamedTest | null {
    const [one, other] = [this.#placement(first), this.#placement(second)]
    if (one === null || other === null) return null
    return { test: 'delong', ...delong(other, one, this.isPositive(1)) }
  }

  /** ROC AUC without resampling, for rows that are too many; null unless two classes are scored. */
  metric(): PairedMetric | null {
    const hasAny = this.models.some((_, model) => this.#placement(model) !== null)
    if (!hasAny) return null
    return {
      id: 'rocAuc',
      method: { method: 'delong', resamples: null },
      interval: (model) => {
        const placement = this.#placement(model)
        return placement && this.#around(placement, 0)
      },
      differenceInterval: (first, second) => {
        const [one, other] = [this.#placement(first), this.#placement(second)]
        if (one === null || other === null) return null
        const placements = other.placements.map((value, row) => value - (one.placements[row] ?? 0))
        return this.#around({ area: other.area - one.area, placements }, -1)
      },
      test: (first, second) => this.test(first, second),
    }
  }

  #around(placement: RocPlacements, lowest: number): Interval | null {
    const variance = delongCovariance(placement, placement, this.isPositive(1))
    if (variance === null) return null
    const reach = REACH * Math.sqrt(variance)
    return [Math.max(lowest, placement.area - reach), Math.min(1, placement.area + reach)]
  }

  #placement(model: number): RocPlacements | null {
    const known = this.#placements.get(model)
    if (known !== undefined) return known
    const rankings = this.models[model]?.scores?.rankings ?? []
    const [only] = rankings
    const made =
      only === undefined || rankings.length !== 1 ? null : rocPlacements(only, this.isPositive(1))
    this.#placements.set(model, made)
    return made
  }
}
