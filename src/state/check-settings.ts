import type { PolicyOptionsRead } from '../contract/reader'
import type { AutomationSettings } from '../core/automation'
import type { DatasetInfo } from '../core/dataset'
import { quoted } from '../core/display-text'
import type { BackendChoice, EvaluationSettings } from '../core/evaluation'
import { failed, success, type FailureCode, type Outcome } from '../core/failure'
import { formatList } from '../core/format'
import type { ImageSettings } from '../core/image-settings'
import type { ModelInfo } from '../core/model'
import type { TaskInfo } from '../core/task'
import type { SetupChoices } from './choices-within'
import { closeNames } from './close-names'
import { checkImages } from './check-images'
import { checkMappings } from './check-mappings'
import { checkMarket } from './check-market'
import { ANY_LABELS } from './labels-to-agree'
import { readFilter } from './read-filter'

export interface SettingsContext {
  readonly tasks: readonly TaskInfo[]
  readonly models: readonly ModelInfo[]
  readonly dataset: DatasetInfo | null
  /** What `policy` and `windows` of the settings say. */
  readonly policy: PolicyOptionsRead
  /** How a recipe reads images. */
  readonly images?: Partial<ImageSettings>
}

export interface CheckedSettings {
  readonly choices: SetupChoices
  readonly baselineId: string | null
  readonly evaluation: Partial<EvaluationSettings>
}

const BACKENDS: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm']

/** Settings by names, checked against what is there, as the choices that the setup understands. */
export function checkSettings(
  settings: AutomationSettings,
  context: SettingsContext,
): Outcome<CheckedSettings> {
  const filter = readFilter(settings.filter ?? [], context.dataset)
  const checks = [
    checkKind(settings, context),
    checkColumns(settings, context),
    checkMetric(settings, context),
    filter,
    checkMarket(context.policy.columns, context.dataset),
    checkEvaluation(settings.evaluation),
  ]
  for (const check of checks) if (!check.ok) return check
  const baseline = findBaseline(settings.baseline, context.models)
  if (!baseline.ok) return baseline
  const { maps = [], outputs = [] } = settings
  const mappings = checkMappings({ maps, outputs }, context.models)
  if (!mappings.ok) return mappings
  const images = checkImages(settings.images, context.dataset, context.images)
  if (!images.ok) return images
  const { kind, target, features, reference, tolerance, metric, sample } = settings
  return success({
    choices: {
      ...(kind === null ? {} : { kind }),
      ...(target === null ? {} : { target }),
      ...(features === null ? {} : { features }),
      ...(reference === null ? {} : { reference }),
      ...(tolerance === null ? {} : { tolerance }),
      ...(metric === null ? {} : { metric }),
      ...(settings.distinctLabels === true ? { distinctLabels: ANY_LABELS } : {}),
      ...(settings.filter === null || !filter.ok ? {} : { filter: filter.value }),
      ...(sample === null ? {} : { sample }),
      ...(mappings.value.length === 0 ? {} : { mappings: mappings.value }),
      ...(images.value === null ? {} : { images: images.value }),
      ...policyChoices(context.policy, features),
    },
    baselineId: baseline.value,
    evaluation: settings.evaluation,
  })
}

/** Features are what a policy observes; for other tasks the columns of a market mean nothing. */
function policyChoices(
  { columns, settings, windows }: PolicyOptionsRead,
  features: readonly string[] | null,
): SetupChoices {
  const market = { ...columns, ...(features === null ? {} : { observations: features }) }
  return {
    ...(Object.keys(market).length === 0 ? {} : { market }),
    ...(Object.keys(settings).length === 0 ? {} : { policy: settings }),
    ...(windows === undefined ? {} : { windows }),
  }
}

function checkKind({ kind }: AutomationSettings, { tasks }: SettingsContext): Outcome<null> {
  const kinds = tasks.map((task) => task.kind)
  if (kind === null || kinds.includes(kind)) return success(null)
  return unknown('setting-invalid', 'task', kind, kinds)
}

function checkColumns(
  { target, features, reference }: AutomationSettings,
  { dataset }: SettingsContext,
): Outcome<null> {
  if (dataset === null) return success(null)
  const names = dataset.columns.map((column) => column.name)
  if (target !== null && !names.includes(target)) {
    return unknown('target-absent', `column of ${dataset.name}`, target, names)
  }
  const known = new Set(names)
  const absent = features?.find((name) => !known.has(name))
  if (absent !== undefined) {
    return unknown('feature-absent', `column of ${dataset.name}`, absent, names)
  }
  const lacking = reference?.find((name) => !known.has(name))
  if (lacking !== undefined) {
    return unknown('reference-absent', `column of ${dataset.name}`, lacking, names)
  }
  if (features !== null && new Set(features).size < features.length) {
    return invalid('A feature is named twice.', 'Name each feature once.')
  }
  if (target !== null && features?.includes(target) === true) {
    return invalid(`${quoted(target)} cannot be both target and feature.`, 'Leave it out of one.')
  }
  return success(null)
}

function checkMetric(
  { metric, kind }: AutomationSettings,
  { tasks }: SettingsContext,
): Outcome<null> {
  if (metric === null) return success(null)
  const metrics = tasks
    .filter((task) => kind === null || task.kind === kind)
    .flatMap((task) => task.metrics.map(({ id }) => id))
  return metrics.includes(metric)
    ? success(null)
    : unknown('setting-invalid', kind === null ? 'metric' : `metric of ${kind}`, metric, metrics)
}

function findBaseline(
  baseline: string | null,
  models: readonly ModelInfo[],
): Outcome<string | null> {
  if (baseline === null) return success(null)
  const found = models.find(({ name, fileName }) => name === baseline || fileName === baseline)
  if (found !== undefined) return success(found.id)
  const names = models.map((model) => model.name)
  return unknown('setting-invalid', 'model', baseline, names)
}

function checkEvaluation(settings: Partial<EvaluationSettings>): Outcome<null> {
  const { backend, lanes, batchSize, sequentialUpTo, seed } = settings
  if (backend !== undefined && !BACKENDS.includes(backend)) {
    return unknown('setting-invalid', 'backend', String(backend), BACKENDS)
  }
  const wholes = [
    ['lanes', lanes ?? 1, 1],
    ['batchSize', batchSize ?? 1, 1],
    ['sequentialUpTo', sequentialUpTo ?? 0, 0],
    ['seed', seed ?? 0, 0],
  ] as const
  for (const [name, value, least] of wholes) {
    if (!Number.isSafeInteger(value) || value < least) {
      const range = `a whole number from ${String(least)}`
      return invalid(`${name} is ${String(value)}.`, `Give ${name} as ${range}.`)
    }
  }
  return success(null)
}

function unknown(
  code: FailureCode,
  what: string,
  given: string,
  names: readonly string[],
): Outcome<never> {
  const close = closeNames(given, names)
  const shown = (close.length > 0 ? close : names.slice(0, 5)).map((name) => quoted(name))
  const advice =
    shown.length === 0
      ? 'Leave it out.'
      : `${close.length > 0 ? 'Close to it' : 'There'} ${shown.length === 1 ? 'is' : 'are'} ${formatList(shown)}.`
  return failed(code, `There is no ${what} called ${quoted(given)}.`, advice)
}

function invalid(message: string, advice: string): Outcome<never> {
  return failed('setting-invalid', message, advice)
}
