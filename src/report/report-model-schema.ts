import * as v from 'valibot'
import type { FailureCode } from '../core/failure'
import { intervalSchema } from './comparison-schema'
import { count, list, milliseconds, moment, named, nullable, number, text } from './schema-parts'

const LONGEST_CODE = 40

const backend = v.picklist(['webgpu', 'wasm'])
const figure = nullable(number())
/** Not written yet by an earlier version, and null where there is none. */
const absentTime = v.optional(nullable(moment()), null)
const numbers = list(number())

/** A later version may know more ways to fail: what they are called is text all the same. */
const failureCode = v.custom<FailureCode>(
  (code) => typeof code === 'string' && code.length <= LONGEST_CODE && /^[a-z-]+$/.test(code),
  'is no failure code',
)

const tensorType = v.fallback(
  v.picklist([
    ...(['float32', 'float64', 'float16', 'bfloat16', 'bool', 'string', 'other'] as const),
    ...(['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'] as const),
  ]),
  'other',
)

const valueSchema = v.object({
  name: text(),
  type: tensorType,
  shape: nullable(list(nullable(v.union([number(), text()])))),
})

const curveSchema = v.pipe(
  v.object({ label: text(), area: figure, x: numbers, y: numbers }),
  v.check(({ x, y }) => x.length === y.length, 'has columns of different lengths'),
)

const equitySchema = v.pipe(
  v.object({
    rows: numbers,
    times: v.optional(nullable(list(milliseconds())), null),
    equity: numbers,
    drawdown: numbers,
  }),
  v.check(
    ({ rows, times, equity, drawdown }) =>
      [times ?? rows, equity, drawdown].every((column) => column.length === rows.length),
    'has columns of different lengths',
  ),
)

const residualsSchema = v.pipe(
  v.object({ edges: numbers, counts: list(count()), truth: numbers, predicted: numbers }),
  v.check(
    ({ edges, counts, truth, predicted }) =>
      edges.length === counts.length + 1 && truth.length === predicted.length,
    'has columns of different lengths',
  ),
)

const calibrationSchema = v.pipe(
  v.object({ confidence: list(figure), accuracy: list(figure), counts: list(count()) }),
  v.check(
    ({ confidence, accuracy, counts }) =>
      confidence.length === counts.length && accuracy.length === counts.length,
    'has columns of different lengths',
  ),
)

const scoresSchema = v.pipe(
  v.object({ label: text(), ofClass: list(count()), ofRest: list(count()) }),
  v.check(
    ({ ofClass, ofRest }) => ofClass.length === ofRest.length,
    'has columns of different lengths',
  ),
)

const tradeSchema = v.object({
  side: v.picklist(['long', 'short']),
  entryIndex: count(),
  exitIndex: count(),
  entryPrice: number(),
  exitPrice: number(),
  bars: count(),
  units: number(),
  pnl: number(),
  entryTime: absentTime,
  exitTime: absentTime,
})

const policySchema = v.object({
  equity: equitySchema,
  buyAndHold: equitySchema,
  trades: list(tradeSchema),
  tradeCount: count(),
  actions: list(v.object({ action: text(), count: count() })),
  cost: nullable(
    v.object({ fees: numbers, totalReturns: list(figure), breakEvenFee: nullable(number()) }),
  ),
  costReason: nullable(text()),
  isRuined: v.boolean(),
  stateReset: v.optional(
    nullable(
      v.object({
        metrics: named(figure),
        bars: count(),
        changedShare: figure,
        readsAccount: v.boolean(),
      }),
    ),
    null,
  ),
})

const differencesSchema = v.pipe(
  v.object({
    edges: numbers,
    counts: list(count()),
    identical: count(),
    unsized: count(),
  }),
  v.check(
    ({ edges, counts }) => edges.length === (counts.length === 0 ? 0 : counts.length + 1),
    'has columns of different lengths',
  ),
)

const parityNumber = nullable(v.union([number(), text()]))

const paritySchema = v.object({
  against: v.picklist(['baseline', 'recorded', 'itself']),
  outputs: list(
    v.object({
      output: text(),
      counterpart: text(),
      width: count(),
      kind: v.picklist(['labels', 'values']),
      type: tensorType,
    }),
  ),
  rows: count(),
  numbers: count(),
  tolerance: v.object({ absolute: number(), relative: number() }),
  closeRows: nullable(count()),
  changedRows: nullable(count()),
  differences: nullable(differencesSchema),
  worst: list(
    v.object({
      row: count(),
      difference: figure,
      output: nullable(text()),
      expected: parityNumber,
      answered: parityNumber,
      classes: nullable(v.tuple([text(), text()])),
    }),
  ),
})

const confusionSchema = v.pipe(
  list(list(count())),
  v.check((rows) => rows.every((row) => row.length === rows.length), 'is not square'),
)

const detailsSchema = v.object({
  confusion: v.exactOptional(confusionSchema),
  roc: v.exactOptional(list(curveSchema)),
  precisionRecall: v.exactOptional(list(curveSchema)),
  calibration: v.exactOptional(calibrationSchema),
  scores: v.exactOptional(list(scoresSchema)),
  residuals: v.exactOptional(residualsSchema),
  policy: v.exactOptional(policySchema),
  parity: v.exactOptional(paritySchema),
})

const timingSchema = v.object({
  loadMs: number(),
  firstBatchMs: figure,
  totalMs: number(),
  rowsPerSecond: figure,
  batchMs: v.object({ p50: figure, p95: figure }),
})

const classSchema = v.object({
  label: text(),
  support: count(),
  precision: figure,
  recall: figure,
  f1: figure,
})

const windowSchema = v.object({
  index: count(),
  start: count(),
  end: count(),
  startTime: absentTime,
  endTime: absentTime,
  partial: v.boolean(),
  metrics: named(figure),
  checkpoint: v.exactOptional(text()),
})

/** One model of `bakeoff.report/1`. */
export const reportModelSchema = v.object({
  name: text(),
  sha256: text(),
  bytes: count(),
  format: v.picklist(['onnx', 'ort', 'sb3-zip']),
  parameters: count(),
  opset: nullable(number()),
  inputs: list(valueSchema),
  outputs: list(valueSchema),
  status: v.picklist(['ok', 'failed', 'cancelled', 'skipped']),
  error: nullable(v.object({ code: failureCode, message: text(), advice: text() })),
  attempts: count(),
  failedAttempts: v.optional(
    list(
      v.object({
        backend,
        threads: count(),
        batchLimit: nullable(number()),
        error: v.object({ code: failureCode, message: text() }),
      }),
    ),
    [],
  ),
  keptRows: v.optional(count(), 0),
  keptAt: absentTime,
  parity: v.optional(
    nullable(v.object({ rows: count(), maxDifference: number(), agrees: v.boolean() })),
    null,
  ),
  memory: v.optional(nullable(v.object({ bytes: number(), source: text() })), null),
  backend: nullable(backend),
  threads: v.optional(nullable(count()), null),
  batchSize: nullable(count()),
  timing: nullable(timingSchema),
  metrics: named(figure),
  intervals: v.optional(named(intervalSchema), {}),
  perClass: nullable(list(classSchema)),
  windows: v.optional(nullable(list(windowSchema)), null),
  details: v.optional(detailsSchema, {}),
  notes: v.optional(list(text()), []),
  warnings: v.optional(list(text()), []),
  checkpoints: v.exactOptional(list(v.object({ name: text(), sha256: text(), bytes: count() }))),
})
