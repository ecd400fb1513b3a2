import {
  DISTINCT_CAP,
  tensorText,
  type ColumnInfo,
  type DatasetInfo,
  type Roles,
} from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatQuantity } from '../core/format'
import type { ModelInfo } from '../core/model'
import type { MarketColumns } from '../core/policy'
import type { TaskKind } from '../core/task'
import { countOf } from './count-of'
import { mapInputs } from './map-inputs'
import { mapOutputs } from './map-outputs'
import { proposeMarket } from './policy/propose-market'
import { proposeFeatures } from './propose-features'
import { proposeParity, type ParityProposal } from './propose-parity'
import { proposeTarget, type ProposedTarget } from './propose-target'
import { taskOf } from './task-registry'

export interface TaskProposal {
  readonly kind: TaskKind
  readonly roles: Roles
  readonly metric: string
  /** One sentence: why this task and these columns. */
  readonly reason: string
  /** Which column plays which part of a market; null where no model is a policy. */
  readonly market: MarketColumns | null
}

/** Up to this many different whole numbers look like classes, where no model says otherwise. */
const FEW_CLASSES = 20

/**
 * Proposes a backtest where a model is a policy and the table has a close price; else the task, target
 * and features that most models fit.
 */
export function proposeTask(
  info: DatasetInfo,
  models: readonly ModelInfo[],
): Outcome<TaskProposal> {
  const widths = models.flatMap(({ policy }) => policy?.observationWidth ?? [])
  if (widths.length === 0) return proposeByRow(info, models)
  const market = proposeMarket(info, widths)
  if (!market.ok) {
    const proposal = proposeByRow(info, models)
    if (!proposal.ok) return market
    const { reason } = proposal.value
    return success({ ...proposal.value, reason: `${market.failure.message} ${reason}` })
  }
  const { columns, reason } = market.value
  return success({
    kind: 'policy',
    roles: { target: null, features: columns.observations },
    metric: taskOf('policy').info.defaultMetric,
    reason: `${explainPolicies(widths.length, models.length)} ${reason}`,
    market: columns,
  })
}

function explainPolicies(policies: number, models: number): string {
  if (policies === models) return `Backtest of ${formatQuantity(models, 'policy', 'policies')}.`
  return `Backtest: ${String(policies)} of ${countOf(models, 'model')} ${policies === 1 ? 'is a policy' : 'are policies'}.`
}

/**
 * The combination that most models fit. Among equals the task follows the target's values, and the
 * features are all numeric columns. Parity where the data holds recorded answers, and where more models fit
 * without a target.
 */
function proposeByRow(info: DatasetInfo, models: readonly ModelInfo[]): Outcome<TaskProposal> {
  const parity = proposeParity(info, models)
  // What the data says of itself needs no guess.
  if (parity !== null && info.recorded !== undefined) return asTask(parity)
  const columns = info.columns.filter(({ missing }) => missing < info.rows)
  const target = proposeTarget(columns, models)
  if (target === null) {
    if (parity !== null) return asTask(parity)
    return failed(
      'target-absent',
      `${quoted(info.name)} has no column left to be the target.`,
      'Add a column with the true answers to the file.',
    )
  }
  const rest = columns.filter((column) => column !== target.column)
  const sets = proposeFeatures(rest, models, info.rows)
  const [first] = sets
  if (first === undefined) {
    if (parity !== null) return asTask(parity)
    return failed(
      'no-numeric-feature',
      `${quoted(info.name)} has no numeric column besides ${quoted(target.column.name)}.`,
      'Choose a file with numeric columns.',
    )
  }
  const available = rest.filter(({ type }) => type !== 'text').length
  const usual = usualKind(target.column)
  let best = { kind: usual, features: first, fits: -1 }
  for (const kind of kindsInOrder(usual)) {
    for (const features of sets) {
      const question = { kind, features, available, target: target.column }
      const fits = models.filter((model) => isFitting(model, question)).length
      if (fits > best.fits) best = { kind, features, fits }
    }
  }
  // A column that models read is no target of theirs.
  if (parity !== null && parity.fits > best.fits) return asTask(parity)
  return success({
    kind: best.kind,
    roles: { target: target.column.name, features: best.features.map(({ name }) => name) },
    metric: taskOf(best.kind).info.defaultMetric,
    reason: explain(best, target, models.length),
    market: null,
  })
}

function asTask({ roles, metric, reason }: ParityProposal): Outcome<TaskProposal> {
  return success({ kind: 'parity', roles, metric, reason, market: null })
}

interface Question {
  readonly kind: TaskKind
  readonly features: readonly ColumnInfo[]
  readonly available: number
  readonly target: ColumnInfo
}

function isFitting(model: ModelInfo, { kind, features, available, target }: Question): boolean {
  if (kind === 'classification' ? target.type === 'number' : target.type === 'text') return false
  const inputs = mapInputs(model, features, available)
  if (!inputs.ok) return false
  const output = mapOutputs(kind, model, inputs.value, target.distinct)
  if (!output.ok) return false
  const { binding } = output.value
  if (binding.kind === 'scores') return target.distinct <= binding.width
  return binding.kind !== 'binary' || target.distinct <= 2
}

/** The task that a target asks for by itself. */
function usualKind({ type, distinct }: ColumnInfo): TaskKind {
  if (type === 'text') return 'classification'
  return type === 'integer' && distinct <= FEW_CLASSES ? 'classification' : 'regression'
}

/** Of a target's values; a tensor is never one. */
const NOUNS = { text: 'text', integer: 'whole number', number: 'number', tensor: 'array' } as const

function kindsInOrder(usual: TaskKind): readonly TaskKind[] {
  return usual === 'classification'
    ? ['classification', 'regression']
    : ['regression', 'classification']
}

function featuresText(features: readonly ColumnInfo[]): string {
  const [first] = features
  return features.length === 1 && first?.shape !== undefined
    ? `the ${tensorText(first.shape)} of ${quoted(first.name)}`
    : countOf(features.length, 'numeric feature')
}

function explain(
  best: {
    readonly kind: TaskKind
    readonly features: readonly ColumnInfo[]
    readonly fits: number
  },
  { column, isNamed }: ProposedTarget,
  models: number,
): string {
  const task = best.kind === 'classification' ? 'Classification' : 'Regression'
  const why = isNamed ? 'chosen by its name' : 'the last column that can be a target'
  const count =
    column.distinct >= DISTINCT_CAP ? `at least ${String(DISTINCT_CAP)}` : String(column.distinct)
  const noun = NOUNS[column.type]
  const values = `${count} ${column.distinct === 1 ? noun : `different ${noun}s`}`
  const fits =
    models === 0
      ? `${countOf(best.features.length, 'numeric column')} can be features`
      : `${String(best.fits)} of ${countOf(models, 'model')} ${best.fits === 1 ? 'fits' : 'fit'} with ${featuresText(best.features)}`
  return `${task} of ${quoted(column.name)}, ${why}: it holds ${values}, and ${fits}.`
}
