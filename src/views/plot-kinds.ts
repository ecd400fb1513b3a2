import type { PaintedModel } from './plot-data'

export type PlotKind =
  | 'equity'
  | 'cost'
  | 'actions'
  | 'state'
  | 'overview'
  | 'confusion'
  | 'classes'
  | 'curves'
  | 'calibration'
  | 'scores'
  | 'residuals'
  | 'agreement'
  | 'differences'

export interface PlotChoice {
  readonly value: PlotKind
  readonly label: string
  /** Those that have something to draw. */
  readonly models: readonly PaintedModel[]
}

const KINDS: readonly {
  readonly value: PlotKind
  readonly label: string
  readonly has: (model: PaintedModel) => boolean
}[] = [
  { value: 'equity', label: 'Equity', has: ({ details }) => details.policy !== undefined },
  { value: 'cost', label: 'Cost', has: ({ details }) => details.policy !== undefined },
  {
    ...{ value: 'differences', label: 'Differences' },
    // The reference differs from nothing.
    has: ({ details }) =>
      details.parity?.differences != null && details.parity.against !== 'itself',
  },
  { value: 'overview', label: 'Overview', has: () => true },
  { value: 'confusion', label: 'Confusion', has: ({ details }) => details.confusion !== undefined },
  { value: 'classes', label: 'Per class', has: ({ model }) => model.perClass !== null },
  { value: 'curves', label: 'ROC and precision', has: ({ details }) => details.roc !== undefined },
  { value: 'scores', label: 'Scores', has: ({ details }) => details.scores !== undefined },
  {
    ...{ value: 'calibration', label: 'Calibration' },
    has: ({ details }) => details.calibration !== undefined,
  },
  { value: 'residuals', label: 'Residuals', has: ({ details }) => details.residuals !== undefined },
  {
    ...{ value: 'agreement', label: 'Predicted against true' },
    has: ({ details }) => details.residuals !== undefined,
  },
  {
    ...{ value: 'state', label: 'Recurrent state' },
    has: ({ details }) => details.policy != null && details.policy.stateReset !== null,
  },
  { value: 'actions', label: 'Actions', has: ({ details }) => details.policy !== undefined },
]

/** The plots that these models have something for, in the order of their buttons. */
export function plotKinds(models: readonly PaintedModel[]): readonly PlotChoice[] {
  return KINDS.map(({ value, label, has }) => ({
    value,
    label,
    models: models.filter(has),
  })).filter((kind) => kind.models.length > 0)
}
