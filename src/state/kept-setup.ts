import * as v from 'valibot'
import type { EvaluationSettings } from '../core/evaluation'
import { LONGEST_CONDITION, MOST_CONDITIONS, SAMPLE_KINDS } from '../core/row-choice'
import type { SetupChoices } from './choices-within'

/** What a comparison was set up with, as it is kept on disk beside its files. */
export interface KeptSetup {
  readonly choices: SetupChoices
  readonly settings: EvaluationSettings
  /** Name of a model. */
  readonly baseline: string | null
}

const column = v.exactOptional(v.nullable(v.string()))
const marketSchema = v.object({
  time: column,
  open: column,
  close: v.exactOptional(v.string()),
  spread: column,
  observations: v.exactOptional(v.array(v.string())),
})
const limit = v.pipe(v.number(), v.finite(), v.minValue(0))
const amount = v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0)))
const policySchema = v.object({
  actions: v.exactOptional(
    v.array(v.picklist(['hold', 'buy', 'sell', 'close', 'flat', 'long', 'short', 'target'])),
  ),
  accountFeatures: v.exactOptional(v.array(v.picklist(['position', 'unrealized']))),
  fill: v.exactOptional(v.picklist(['next-open', 'close'])),
  fee: amount,
  size: amount,
  initialBalance: amount,
  positionEncoding: v.exactOptional(v.picklist(['sign', 'code'])),
  periodsPerYear: amount,
  warmup: amount,
  stateReset: v.exactOptional(v.boolean()),
  convention: v.exactOptional(v.picklist(['bakeoff', 'quantstats', 'empyrical', 'backtesting.py'])),
})
const figures = v.exactOptional(v.array(v.pipe(v.number(), v.finite())))
const side = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1)))
const imagesSchema = v.object({
  resize: v.exactOptional(v.picklist(['shorter', 'exact', 'none'])),
  shorterSide: side,
  width: side,
  height: side,
  layout: v.exactOptional(v.picklist(['nchw', 'nhwc'])),
  channels: v.exactOptional(v.picklist(['rgb', 'bgr', 'grey'])),
  scale: v.exactOptional(v.pipe(v.number(), v.finite())),
  mean: figures,
  std: figures,
})
const rows = v.pipe(v.number(), v.integer(), v.minValue(0))
const windowSchema = v.object({ initial: rows, step: rows })

const filterSchema = v.pipe(
  v.array(
    v.object({
      column: v.nullable(v.string()),
      text: v.pipe(v.string(), v.maxLength(LONGEST_CONDITION)),
    }),
  ),
  v.maxLength(MOST_CONDITIONS),
)
const sampleSchema = v.object({
  kind: v.picklist(SAMPLE_KINDS),
  rows: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
})

/** A model of a thousand inputs is fed by name, not by hand. */
const MOST_MAPPED = 1_000
const mappingsSchema = v.pipe(
  v.array(
    v.object({
      model: v.string(),
      inputs: v.pipe(
        v.array(v.object({ input: v.string(), columns: v.array(v.string()) })),
        v.maxLength(MOST_MAPPED),
      ),
      output: v.nullable(v.string()),
    }),
  ),
  v.maxLength(MOST_MAPPED),
)

export const keptSetupSchema = v.object({
  choices: v.object({
    kind: v.exactOptional(v.picklist(['classification', 'regression', 'policy', 'parity'])),
    target: v.exactOptional(v.nullable(v.string())),
    features: v.exactOptional(v.array(v.string())),
    reference: v.exactOptional(v.array(v.string())),
    tolerance: v.exactOptional(v.object({ absolute: limit, relative: limit })),
    metric: v.exactOptional(v.string()),
    distinctLabels: v.exactOptional(v.nullable(v.string())),
    filter: v.exactOptional(filterSchema),
    sample: v.exactOptional(v.nullable(sampleSchema)),
    mappings: v.exactOptional(mappingsSchema),
    market: v.exactOptional(marketSchema),
    policy: v.exactOptional(policySchema),
    windows: v.exactOptional(v.nullable(windowSchema)),
    images: v.exactOptional(imagesSchema),
  }),
  settings: v.object({
    backend: v.picklist(['auto', 'webgpu', 'wasm']),
    lanes: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    sequentialUpTo: v.pipe(v.number(), v.integer(), v.minValue(0)),
    batchSize: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    seed: v.pipe(v.number(), v.integer()),
    useKept: v.boolean(),
  }),
  baseline: v.nullable(v.string()),
})

/** Reads what an earlier page, perhaps of another version, has kept; null where it does not fit. */
export function readKeptSetup(kept: unknown): KeptSetup | null {
  const parsed = v.safeParse(keptSetupSchema, kept)
  return parsed.success ? parsed.output : null
}
