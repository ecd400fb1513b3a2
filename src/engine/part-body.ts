import * as v from 'valibot'
import type { Preparation } from '../contract/reader'
import type { AnswerData } from '../contract/evaluator'
import type { DatasetInfo, Roles } from '../core/dataset'
import type { EvaluationSettings, LogEntry, Machine, ModelRun } from '../core/evaluation'
import { contentHash } from '../core/content-hash'
import { failed, success, type Outcome } from '../core/failure'
import type { MetricInfo } from '../core/metric'
import type { ModelInfo } from '../core/model'
import type { Targets, TaskInfo, TaskKind } from '../core/task'
import type { AnswerRange } from './answer-exchange'
import { bytesFromBase64, bytesToBase64 } from './base64'
import { decodeNumbers, encodeNumbers } from './encoded-numbers'
import type { EvaluationPlan } from './plan'
import type { RunRequest } from './run-request'

/** Inflated: a small file must not fill the memory. */
const BODY_BYTES = 2 ** 30

/** Everything of a run but its files: what it takes to score its answers elsewhere. */
export interface PartBody {
  readonly kind: TaskKind
  readonly metric: MetricInfo
  readonly comparison: RunRequest['comparison']
  readonly task: TaskInfo
  /** Without its preview: the data goes into no part. */
  readonly dataset: DatasetInfo
  readonly roles: Roles
  readonly models: readonly ModelInfo[]
  readonly preparation: Preparation
  readonly targets: Targets
  readonly plan: EvaluationPlan
  readonly settings: EvaluationSettings
  readonly baseline: string | null
  readonly machine: Machine
  readonly userAgent: string
  readonly disturbances: readonly string[]
  readonly runtime: { readonly name: string; readonly version: string } | null
  readonly runs: readonly ModelRun[]
  readonly events: readonly LogEntry[]
  /** By model id. */
  readonly answers: Readonly<Record<string, readonly AnswerRange[]>>
}

export interface PackedBody {
  readonly body: string
  readonly sha256: string
}

/** Gzip of JSON in base64, and the hash of its bytes. */
export async function packBody(body: PartBody): Promise<PackedBody> {
  const text = JSON.stringify(body, (_, value: unknown) => encodeNumbers(value))
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  return { body: bytesToBase64(bytes), sha256: contentHash(bytes) }
}

/** Undoes {@link packBody}; every byte is checked against the hash first. */
export async function unpackBody(packed: PackedBody, fileName: string): Promise<Outcome<PartBody>> {
  const damaged = (why: string) =>
    failed('report-invalid', `${fileName} is damaged: ${why}.`, 'Run its share again.')
  const bytes = bytesFromBase64(packed.body)
  if (bytes === null) return damaged('its body is no base64')
  if (contentHash(bytes) !== packed.sha256) return damaged('its hash does not fit its content')
  try {
    const text = await inflate(bytes)
    if (text === null) return damaged('it inflates to more than a part holds')
    const body: unknown = JSON.parse(text, (_, value: unknown) => decodeNumbers(value))
    return v.is(bodySchema, body) ? success(body) : damaged('it lacks what a part holds')
  } catch (error) {
    return damaged(error instanceof Error ? error.message : 'it cannot be read')
  }
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = stream.getReader()
  let [text, size] = ['', 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.length
    if (size > BODY_BYTES) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}

const isRange = v.object({
  start: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  end: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  data: v.custom<AnswerData>((data) => ArrayBuffer.isView(data) || Array.isArray(data)),
})

/** The hash says that a part is as it was written; this, that it was written as one. */
const bodySchema = v.custom<PartBody>((body) =>
  v.is(
    v.looseObject({
      kind: v.picklist(['classification', 'regression', 'policy', 'parity']),
      models: v.array(v.looseObject({ id: v.string(), name: v.string() })),
      preparation: v.looseObject({ rows: v.number(), bindings: v.looseObject({}) }),
      comparison: v.looseObject({ metrics: v.array(v.looseObject({ id: v.string() })) }),
      targets: v.looseObject({ kind: v.string() }),
      plan: v.looseObject({ models: v.array(v.looseObject({ modelId: v.string() })) }),
      runs: v.array(v.looseObject({ modelId: v.string(), status: v.string() })),
      answers: v.record(v.string(), v.array(isRange)),
    }),
    body,
  ),
)
