import * as v from 'valibot'
import { displayText } from '../core/display-text'
import { REPORT_SCHEMA, type Report } from '../core/report'
import { MOST_CONDITIONS, SAMPLE_KINDS, type ChosenRows } from '../core/row-choice'
import { comparisonSchema, statisticsSchema } from './comparison-schema'
import { reportModelSchema } from './report-model-schema'
import { speedSchema } from './speed-schema'
import { count, list, moment, named, nullable, number, text, type Schema } from './schema-parts'

const MOST_MODELS = 1_000
const MOST_CLASSES = 10_000
const MOST_COLUMNS = 100_000
const MOST_EVENTS = 100_000
const MOST_METRICS = 1_000

/** Of models that a comparison names: what cannot be shown cannot be told apart either. */
const shownName = v.pipe(
  text(),
  v.check((name) => name === displayText(name), 'holds characters that cannot be shown'),
)

const backend = v.picklist(['webgpu', 'wasm'])
const direction = v.picklist(['higher', 'lower'])
const optionalName = v.optional(nullable(text()), null)

const environmentSchema = v.object({
  userAgent: text(),
  cores: number(),
  crossOriginIsolated: v.boolean(),
  adapter: nullable(
    v.object({
      vendor: text(),
      architecture: text(),
      description: text(),
      isFallback: v.boolean(),
    }),
  ),
  runtime: v.object({ name: text(), version: text() }),
  disturbances: v.optional(list(text()), []),
})

const chosenSchema: Schema<ChosenRows> = v.object({
  tableRows: count(),
  filter: list(v.object({ column: nullable(text()), text: text() }), MOST_CONDITIONS),
  matchedRows: count(),
  completeRows: count(),
  sample: nullable(
    v.object({
      kind: v.picklist(SAMPLE_KINDS),
      rows: count(),
      seed: nullable(count()),
      by: nullable(text()),
    }),
  ),
  sha256: text(),
})

const datasetSchema = v.object({
  name: text(),
  sha256: text(),
  rows: count(),
  columns: list(
    v.object({ name: text(), type: v.picklist(['integer', 'number', 'text']) }),
    MOST_COLUMNS,
  ),
  roles: v.object({
    target: optionalName,
    features: list(text(), MOST_COLUMNS),
    reference: v.exactOptional(list(text(), MOST_COLUMNS)),
    time: optionalName,
    open: v.exactOptional(nullable(text())),
    close: v.exactOptional(nullable(text())),
    spread: v.exactOptional(nullable(text())),
  }),
  droppedRows: v.optional(count(), 0),
  chosen: v.optional(nullable(chosenSchema), null),
  warnings: v.optional(list(text()), []),
})

const metricSchema = v.object({
  id: text(),
  label: text(),
  direction,
  unit: v.fallback(v.picklist(['share', 'score', 'target', 'count', 'distance']), 'score'),
  description: text(),
})

const eventSchema = v.object({
  at: number(),
  level: v.picklist(['info', 'warning', 'error']),
  text: text(),
  model: v.exactOptional(text()),
  lane: v.exactOptional(count()),
})

/**
 * `bakeoff.report/1`. Fields that this version does not know are passed over; fields that an earlier
 * one did not write yet get what they mean when absent.
 */
export const reportSchema: Schema<Report> = v.object({
  schema: v.literal(REPORT_SCHEMA),
  createdAt: moment(),
  generator: v.object({ name: text(), version: text() }),
  environment: environmentSchema,
  dataset: datasetSchema,
  task: v.object({
    kind: v.picklist(['classification', 'regression', 'policy', 'parity']),
    settings: named(nullable(v.union([text(), number(), v.boolean()]))),
    classes: nullable(list(text(), MOST_CLASSES)),
  }),
  plan: v.object({
    mode: v.picklist(['sequential', 'pool']),
    lanes: count(),
    sequentialUpTo: count(),
    reason: text(),
    backends: named(backend),
  }),
  metrics: v.optional(list(metricSchema, MOST_METRICS), []),
  primaryMetric: v.object({ id: text(), direction }),
  models: list(v.object({ ...reportModelSchema.entries, name: shownName }), MOST_MODELS),
  ranking: list(text(), MOST_MODELS),
  comparisons: v.optional(list(comparisonSchema), []),
  statistics: v.optional(nullable(statisticsSchema), null),
  events: v.optional(list(eventSchema, MOST_EVENTS), []),
  speed: v.exactOptional(speedSchema),
})
