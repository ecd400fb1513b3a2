import * as v from 'valibot'
import type { SpeedTest } from '../core/speed'
import { intervalSchema } from './comparison-schema'
import { count, list, moment, nullable, number, text, type Schema } from './schema-parts'

const speedComparisonSchema = v.object({
  baseline: text(),
  candidate: text(),
  ratio: nullable(number()),
  interval: nullable(intervalSchema),
  verdict: v.picklist(['faster', 'slower', 'no difference found', 'too noisy to tell']),
  reason: nullable(text()),
  rows: count(),
  blocks: list(v.object({ baselineMs: number(), candidateMs: number() })),
  droppedBlocks: count(),
})

const speedModelSchema = v.object({
  name: text(),
  backend: v.picklist(['webgpu', 'wasm']),
  threads: count(),
  batchSize: count(),
  warmUp: v.object({ batches: count(), ms: number(), isSteady: v.boolean() }),
  batches: count(),
  batchMs: v.object({ p50: nullable(number()), p95: nullable(number()) }),
  rowsPerSecond: nullable(number()),
})

export const speedSchema: Schema<SpeedTest> = v.object({
  createdAt: moment(),
  baseline: text(),
  commonBatchSize: nullable(count()),
  control: nullable(speedComparisonSchema),
  comparisons: list(speedComparisonSchema),
  models: list(speedModelSchema),
  notes: list(text()),
  timerStepMs: number(),
  seed: number(),
})
