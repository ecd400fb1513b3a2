import Papa from 'papaparse'
import * as v from 'valibot'
import type { AutomationSettings } from '../core/automation'
import { DEFAULT_TOLERANCE } from '../core/tolerance'
import { failed, success, type Outcome } from '../core/failure'
import { SAMPLE_KINDS } from '../core/row-choice'
import { readImageOptions } from './read-image-options'

const LARGEST_BATCH = 1_048_576
const MOST_LANES = 256
const MOST_MODELS = 1_000

/** The options as typed; each message says what the option takes. */
const schema = v.object({
  target: v.exactOptional(v.string()),
  features: v.exactOptional(names()),
  reference: v.exactOptional(names()),
  tolerance: v.exactOptional(tolerance()),
  task: v.exactOptional(
    v.picklist(
      ['classification', 'regression', 'policy', 'parity'],
      'classification, regression, policy or parity',
    ),
  ),
  metric: v.exactOptional(v.string()),
  sample: v.exactOptional(rowSample()),
  baseline: v.exactOptional(v.string()),
  // What these two hold is read by the page, which knows the settings of a backtest.
  policy: v.exactOptional(v.string()),
  windows: v.exactOptional(v.string()),
  backend: v.exactOptional(v.picklist(['auto', 'webgpu', 'wasm'], 'auto, webgpu or wasm')),
  batch: v.exactOptional(
    v.union([
      v.pipe(
        v.literal('auto'),
        v.transform(() => null),
      ),
      whole(1, LARGEST_BATCH),
    ]),
  ),
  lanes: v.exactOptional(whole(1, MOST_LANES)),
  'sequential-up-to': v.exactOptional(whole(0, MOST_MODELS)),
  seed: v.exactOptional(whole(0, Number.MAX_SAFE_INTEGER)),
})

/** Reads the options that describe a comparison; others are passed over. */
export function settingsFromOptions(
  values: ReadonlyMap<string, string>,
  filter: readonly string[] | null,
): Outcome<AutomationSettings> {
  const parsed = v.safeParse(schema, Object.fromEntries(values))
  if (!parsed.success) {
    const [issue] = parsed.issues
    const option = String(issue.path?.[0]?.key ?? '')
    const takes = option === 'batch' ? `auto or ${wholeMessage(1, LARGEST_BATCH)}` : issue.message
    const message = `--${option} is "${values.get(option) ?? ''}".`
    return failed('setting-invalid', message, `It takes ${takes}.`)
  }
  const images = values.get('images')
  const read = images === undefined ? null : readImageOptions(images)
  if (read?.ok === false) return read
  const { backend, batch, lanes, seed, ...options } = parsed.output
  const sequentialUpTo = options['sequential-up-to']
  return success({
    kind: options.task ?? null,
    metric: options.metric ?? null,
    target: options.target ?? null,
    features: options.features ?? null,
    reference: options.reference ?? null,
    tolerance: options.tolerance ?? null,
    filter,
    sample: options.sample ?? null,
    ...(values.has('distinct-labels') && { distinctLabels: true }),
    baseline: options.baseline ?? null,
    policy: options.policy ?? null,
    windows: options.windows ?? null,
    ...(read !== null && { images: read.value }),
    evaluation: {
      ...(backend !== undefined && { backend }),
      ...(batch !== undefined && { batchSize: batch }),
      ...(lanes !== undefined && { lanes }),
      ...(sequentialUpTo !== undefined && { sequentialUpTo }),
      ...(seed !== undefined && { seed }),
    },
  })
}

function whole(low: number, high: number) {
  const message = wholeMessage(low, high)
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, message),
    v.transform(Number),
    v.minValue(low, message),
    v.maxValue(high, message),
  )
}

function rowSample() {
  const message = 'first=N, random=N or recent=N, N a whole number from 1'
  return v.pipe(
    v.string(),
    v.regex(/^(?:first|random|recent)=\d+$/, message),
    v.transform((text) => {
      const [kind, rows] = text.split('=')
      return { kind, rows: Number(rows) }
    }),
    v.object({
      kind: v.picklist(SAMPLE_KINDS, message),
      rows: v.pipe(v.number(), v.safeInteger(message), v.minValue(1, message)),
    }),
  )
}

function wholeMessage(low: number, high: number): string {
  return `a whole number from ${String(low)} to ${String(high)}`
}

/** `absolute=1e-5,relative=1e-3`, either left out for its default. */
function tolerance() {
  const message = 'absolute=N,relative=N, each a number from 0'
  const amount = v.pipe(
    v.string(),
    v.regex(/^[\d.]+(e[+-]?\d+)?$/i),
    v.transform(Number),
    v.finite(),
  )
  const pairs = v.strictObject({
    absolute: v.exactOptional(amount),
    relative: v.exactOptional(amount),
  })
  return v.pipe(
    v.string(),
    v.transform((text) => Object.fromEntries(text.split(',').map((part) => part.split('=', 2)))),
    v.check((entries) => v.is(pairs, entries), message),
    v.transform((entries) => ({ ...DEFAULT_TOLERANCE, ...v.parse(pairs, entries) })),
  )
}

/** Names between commas; one that holds a comma stands in double quotes, as in CSV. */
function names() {
  const message = 'column names between commas, a name with a comma in double quotes'
  return v.pipe(
    v.string(),
    v.transform((text) => Papa.parse<string[]>(text, { delimiter: ',' })),
    v.check(({ data, errors }) => errors.length === 0 && data.length === 1, message),
    v.transform(({ data }) => data[0] ?? []),
    v.check((list) => list.every((name) => name !== ''), message),
  )
}
