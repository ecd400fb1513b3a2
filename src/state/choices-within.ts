import type { DatasetInfo } from '../core/dataset'
import type { ImageSettings } from '../core/image-settings'
import type { ColumnCondition, RowSample } from '../core/row-choice'
import type { MarketColumns, PolicySettings, WindowSettings } from '../core/policy'
import type { TaskKind, Tolerance } from '../core/task'
import { mappingsWithin, type NamedMapping } from './model-mappings'

/** What the user has fixed; everything absent follows the proposal. */
export interface SetupChoices {
  readonly kind?: TaskKind
  /** Null: no column is the target. */
  readonly target?: string | null
  readonly features?: readonly string[]
  /** Columns with recorded answers, of a parity check. */
  readonly reference?: readonly string[]
  readonly tolerance?: Tolerance
  readonly metric?: string
  /** Key of labels that look alike and are classes of their own, or `any`; null: none are. */
  readonly distinctLabels?: string | null
  readonly filter?: readonly ColumnCondition[]
  readonly sample?: RowSample | null
  /** How models are fed and read, where the user set it. */
  readonly mappings?: readonly NamedMapping[]
  readonly market?: Partial<MarketColumns>
  readonly policy?: Partial<PolicySettings>
  /** Null: the whole range alone. */
  readonly windows?: WindowSettings | null
  /** How images are read. */
  readonly images?: Partial<ImageSettings>
}

/** Choices that name columns of an earlier dataset follow the new proposal again. */
export function choicesWithin(choices: SetupChoices, dataset: DatasetInfo): SetupChoices {
  const names = new Set(dataset.columns.map((column) => column.name))
  const { target, features, reference, market, filter, mappings = [], ...others } = choices
  const mapped = mappingsWithin(mappings, dataset)
  return {
    ...others,
    ...(typeof target === 'string' && names.has(target) ? { target } : {}),
    ...(features?.every((name) => names.has(name)) === true ? { features } : {}),
    ...(reference?.every((name) => names.has(name)) === true ? { reference } : {}),
    ...(filter?.every(({ column }) => column === null || names.has(column)) === true
      ? { filter }
      : {}),
    ...(mapped.length > 0 ? { mappings: mapped } : {}),
    ...(market !== undefined && isWithin(market, names) ? { market } : {}),
  }
}

function isWithin(market: Partial<MarketColumns>, names: ReadonlySet<string>): boolean {
  const { time, open, close, spread, observations = [] } = market
  const parts = [time, open, close, spread].filter((name) => typeof name === 'string')
  return [...parts, ...observations].every((name) => names.has(name))
}

/** `names` in the order of the dataset's columns. */
export function inDataOrder(names: readonly string[], dataset: DatasetInfo): readonly string[] {
  const wanted = new Set(names)
  return dataset.columns.map((column) => column.name).filter((name) => wanted.has(name))
}
