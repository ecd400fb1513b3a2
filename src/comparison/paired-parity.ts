import type { Interval } from '../core/comparison'
import { parityMetrics } from '../metrics/parity-metrics'
import { resampledMeans } from '../statistics/resampled-means'
import { wilsonInterval } from '../statistics/wilson-interval'
import { bootstrapMetric } from './bootstrap-metric'
import type { ParityEvidence } from './evidence'
import { FigureGroup } from './figure-group'
import type { PairedMetric, PairedModels } from './paired-metric'
import { labelOf, resampleGroups, type Resampling } from './resample-groups'

const SHARES = ['topOneAgreement', 'withinTolerance']

/**
 * Intervals of models that were held against one reference: Wilson's for shares of rows, the bootstrap
 * over rows for the mean difference (BCa) and the RMS difference (percentiles). The largest difference
 * has none, as resamples cannot exceed it. Nothing is tested: an answer that differs, differs.
 */
export function pairedParity(
  models: readonly ParityEvidence[],
  resampling: Omit<Resampling, 'rows' | 'models' | 'label'>,
): PairedModels {
  const rows = models[0]?.rows ?? 0
  const shares = SHARES.filter((id) => models.some(({ metrics }) => (metrics[id] ?? null) !== null))
  const group = new FigureGroup()
  models.forEach(({ means }, model) => {
    if (means === null) return
    group.add(resampledMeans([means.absolute]), [{ id: 'meanAbsDifference', model }])
    group.add(rootOf(resampledMeans([means.squared])), [{ id: 'rmsDifference', model }])
  })
  const { columns, notes } = resampleGroups([group], {
    ...resampling,
    ...{ rows, models: models.length, label: labelOf(parityMetrics) },
  })
  const resampled = columns.map(({ id, resamples, figures, estimates }) => {
    const value = (model: number, row: number) => models[model]?.means?.absolute[row] ?? NaN
    const means = id === 'meanAbsDifference' ? { rows, estimates, value } : null
    return untested(bootstrapMetric({ id, resamples, figures, means }))
  })
  const wilson = shares.map((id): PairedMetric => ({
    ...{ id, method: { method: 'wilson', resamples: null } },
    interval: (model) => shareInterval(models[model], id),
    differenceInterval: () => null,
    test: () => null,
  }))
  return { rows, metrics: [...wilson, ...resampled], notes, isTested: false }
}

function shareInterval(model: ParityEvidence | undefined, id: string): Interval | null {
  const share = model?.metrics[id] ?? null
  if (model === undefined || model.isReference || share === null) return null
  return wilsonInterval(Math.round(share * model.rows), model.rows)
}

function untested(metric: PairedMetric): PairedMetric {
  return { ...metric, differenceInterval: () => null, test: () => null }
}

/** Roots of the figures of a group. */
function rootOf(group: ReturnType<typeof resampledMeans>): ReturnType<typeof resampledMeans> {
  return {
    ...group,
    compute: (counts, figures) => {
      group.compute(counts, figures)
      for (let index = 0; index < group.size; index += 1) {
        figures[index] = Math.sqrt(figures[index] as number)
      }
    },
  }
}
