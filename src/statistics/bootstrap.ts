import { RandomGenerator } from './random-generator'

/** Resamples where nothing limits them. */
export const RESAMPLES = 2000
/** With fewer, percentiles at 2.5 % rest on a handful of figures: rather no interval. */
const FEWEST_RESAMPLES = 200
/**
 * Steps of one group's figures over all resamples, of the order of a nanosecond each, from which on
 * there are fewer resamples. Counted, not timed, so that a slow machine makes the same figures as a
 * fast one.
 */
const STEP_BUDGET = 5e9
/** A group that takes more than this for {@link FEWEST_RESAMPLES} has no figures. */
const MOST_STEPS = 4e10
/** A draw takes as long as some three steps. */
const STEPS_PER_DRAW = 3

/** Figures that are made of one resample together. */
export interface ResampledGroup {
  readonly size: number
  /** Of one resample, see {@link STEP_BUDGET}. */
  readonly steps: number
  /**
   * Writes `size` figures, NaN where one is undefined.
   * @param counts how often each row was drawn
   */
  compute(counts: Uint8Array, figures: Float64Array): void
}

export interface BootstrapPlan {
  readonly rows: number
  readonly seed: number
  readonly groups: readonly ResampledGroup[]
  /** {@link RESAMPLES} unless a test wants fewer. */
  readonly resamples?: number
  /** Called now and then with the share that is done. */
  readonly onProgress?: (share: number) => void
}

/** Figures of one group; null where they take more than {@link MOST_STEPS}. */
export type GroupFigures = {
  readonly resamples: number
  /** By figure of the group: of the rows as they are, summed in the same order. */
  readonly estimates: Float64Array
  /** By figure of the group, then by resample. */
  readonly figures: readonly Float64Array[]
} | null

/**
 * Resamples the rows with replacement and makes every group's figures of each resample. All groups,
 * and so all models, see the same resamples; one whose figures cost too much stops after the first
 * ones.
 *
 * Source: B. Efron (1979), Bootstrap methods: another look at the jackknife.
 */
export function bootstrap(plan: BootstrapPlan): readonly GroupFigures[] {
  const { rows, seed, groups, onProgress } = plan
  const lengths = groups.map(({ steps }) => affordable(steps, rows, plan.resamples ?? RESAMPLES))
  const once = new Uint8Array(rows).fill(1)
  const results = groups.map((group, index): GroupFigures => {
    const { size } = group
    const resamples = lengths[index] ?? 0
    if (resamples === 0) return null
    const estimates = new Float64Array(size)
    group.compute(once, estimates)
    return {
      resamples,
      estimates,
      figures: Array.from({ length: size }, () => new Float64Array(resamples)),
    }
  })
  const longest = Math.max(0, ...lengths)
  const generator = new RandomGenerator(seed)
  const counts = new Uint8Array(rows)
  const scratch = new Float64Array(Math.max(0, ...groups.map(({ size }) => size)))
  const progress = new ProgressMeter(groups, lengths, rows, onProgress)
  for (let resample = 0; resample < longest; resample += 1) {
    generator.drawCounts(counts)
    groups.forEach((group, index) => {
      if (resample >= (lengths[index] ?? 0)) return
      group.compute(counts, scratch)
      results[index]?.figures.forEach((column, figure) => {
        column[resample] = scratch[figure] as number
      })
    })
    progress.note(resample)
  }
  return results
}

function affordable(steps: number, rows: number, most: number): number {
  const perResample = steps + STEPS_PER_DRAW * rows
  const fewest = Math.min(most, FEWEST_RESAMPLES)
  if (fewest * perResample > MOST_STEPS) return 0
  return Math.min(most, Math.max(fewest, Math.floor(STEP_BUDGET / perResample)))
}

/** Tells the share of all steps that is done, some hundred times in all. */
class ProgressMeter {
  readonly #all: number
  #done = 0
  #told = 0

  constructor(
    private readonly groups: readonly ResampledGroup[],
    private readonly lengths: readonly number[],
    private readonly rows: number,
    private readonly onProgress: ((share: number) => void) | undefined,
  ) {
    const draws = Math.max(0, ...lengths) * STEPS_PER_DRAW * rows
    this.#all = groups.reduce((sum, { steps }, at) => sum + steps * (lengths[at] ?? 0), draws)
  }

  note(resample: number): void {
    if (this.onProgress === undefined) return
    this.#done += STEPS_PER_DRAW * this.rows
    this.groups.forEach(({ steps }, at) => {
      if (resample < (this.lengths[at] ?? 0)) this.#done += steps
    })
    if (this.#done < this.#told + this.#all / 100) return
    this.#told = this.#done
    this.onProgress(this.#done / this.#all)
  }
}
