import type { ColumnInfo, DatasetInfo, Roles } from '../core/dataset'
import { quoted } from '../core/display-text'
import type { ModelInfo } from '../core/model'
import { DEFAULT_PARITY_METRIC } from '../metrics/parity-metrics'
import { countOf } from './count-of'
import { mapInputs } from './map-inputs'
import { readableOutputs } from './parity/readable-outputs'
import { proposeFeatures } from './propose-features'

export interface ParityProposal {
  readonly roles: Roles
  readonly metric: string
  readonly reason: string
  /** Models that can be fed. */
  readonly fits: number
}

/**
 * Models held against each other, or against answers that the data says it holds, with no column as
 * target. Null where there is nothing to compare: fewer than two models that fit, and no such answers.
 */
export function proposeParity(
  info: DatasetInfo,
  models: readonly ModelInfo[],
): ParityProposal | null {
  const { recorded } = info
  if (recorded !== undefined && recorded.outputs.length > 0) {
    const roles = { target: null, features: recorded.inputs, reference: recorded.outputs }
    const columns = recorded.inputs.flatMap(
      (name) => info.columns.find((column) => column.name === name) ?? [],
    )
    const reason = `Parity with recorded answers: ${quoted(info.name)} holds inputs and what a model answered to them.`
    return { roles, reason, ...fitOf(models, columns) }
  }
  const columns = info.columns.filter(({ missing }) => missing < info.rows)
  let best: { readonly features: readonly ColumnInfo[] } & Fit = {
    ...{ features: [], fits: 0, metric: DEFAULT_PARITY_METRIC },
  }
  for (const features of proposeFeatures(columns, models, info.rows)) {
    const fit = fitOf(models, features)
    if (fit.fits > best.fits) best = { features, ...fit }
  }
  const { features, fits, metric } = best
  if (fits < 2) return null
  const reason = `Parity, as no column is left to be a target: ${String(fits)} of ${countOf(models.length, 'model')} fit with ${countOf(features.length, 'numeric feature')}, and are held against the baseline.`
  return {
    roles: { target: null, features: features.map(({ name }) => name) },
    reason,
    fits,
    metric,
  }
}

interface Fit {
  readonly fits: number
  /** Whether a class stays the same, where the models tell classes. */
  readonly metric: string
}

function fitOf(models: readonly ModelInfo[], features: readonly ColumnInfo[]): Fit {
  const fitting = models.flatMap((model) => {
    const inputs = mapInputs(model, features, features.length)
    const outputs = inputs.ok ? readableOutputs(model, inputs.value) : []
    return outputs.length === 0 ? [] : [outputs]
  })
  const isOfClasses =
    fitting.length > 0 &&
    fitting.every((outputs) =>
      outputs.some(({ kind, width }) => kind === 'labels' || (width ?? 0) > 1),
    )
  return { fits: fitting.length, metric: isOfClasses ? 'topOneAgreement' : DEFAULT_PARITY_METRIC }
}
