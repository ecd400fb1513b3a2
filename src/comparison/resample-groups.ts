import { formatCount, formatList, formatQuantity } from '../core/format'
import type { MetricInfo } from '../core/metric'
import { bootstrap, RESAMPLES } from '../statistics/bootstrap'
import type { FigureGroup, MetricColumns } from './figure-group'

/** Metrics that a sentence names; more are counted. */
const MOST_NAMED = 4

export interface Resampling {
  readonly rows: number
  readonly models: number
  readonly seed: number
  /** For tests. */
  readonly resamples?: number | undefined
  readonly onProgress?: ((share: number) => void) | undefined
  /** By metric id: how sentences name a metric. */
  label(metric: string): string
}

/** The bootstrap of several groups, with sentences on what was cut short. */
export function resampleGroups(
  groups: readonly FigureGroup[],
  resampling: Resampling,
): { readonly columns: readonly MetricColumns[]; readonly notes: readonly string[] } {
  const { rows, models, seed, resamples, onProgress } = resampling
  const used = groups.filter(({ ids }) => ids.length > 0)
  const results = bootstrap({
    rows,
    seed,
    groups: used.map((group) => group.join()),
    ...(resamples === undefined ? {} : { resamples }),
    ...(onProgress === undefined ? {} : { onProgress }),
  })
  const columns: MetricColumns[] = []
  const notes: string[] = []
  used.forEach((group, index) => {
    const result = results[index] ?? null
    const names = namesOf(group.ids.map((id) => resampling.label(id)))
    const size = `${formatQuantity(rows, 'row')} of ${formatQuantity(models, 'model')}`
    if (result === null) {
      notes.push(`No intervals of ${names}: ${size} are too many to resample.`)
      return
    }
    columns.push(...group.read(result, models))
    if (result.resamples < (resamples ?? RESAMPLES)) {
      notes.push(
        `Intervals of ${names} rest on ${formatCount(result.resamples)} resamples instead of ${formatCount(RESAMPLES)}, as ${size} take long.`,
      )
    }
  })
  return { columns, notes }
}

/** `Log loss, Brier score and ECE`, `Accuracy, Balanced accuracy and 7 other metrics`. */
function namesOf(labels: readonly string[]): string {
  if (labels.length <= MOST_NAMED) return formatList(labels)
  const named = labels.slice(0, MOST_NAMED - 1)
  return formatList([...named, formatQuantity(labels.length - named.length, 'other metric')])
}

/** Names of metrics as they stand in the registry. */
export function labelOf(metrics: readonly MetricInfo[]): (metric: string) => string {
  const labels = new Map(metrics.map(({ id, label }) => [id, label]))
  return (metric) => labels.get(metric) ?? metric
}
