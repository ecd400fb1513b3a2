import { PART_BYTES, PARTS } from '../core/caps'
import * as v from 'valibot'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import { PART_SCHEMA, type Part } from '../core/part'
import { count, list, moment, named, nullable, number, text, type Schema } from './schema-parts'

const ADVICE = 'Give files that bakeoff compare --shard i/n --json FILE has written.'

const content = v.object({ name: text(), sha256: text() })
const program = v.object({ name: text(), version: text() })

const partSchema: Schema<Part> = v.object({
  schema: v.literal(PART_SCHEMA),
  createdAt: moment(),
  generator: program,
  runtime: program,
  share: v.pipe(
    v.object({ index: count(), count: count() }),
    v.check(
      ({ index, count: shares }) => index >= 1 && index <= shares && shares <= PARTS,
      'is no share',
    ),
  ),
  comparison: v.object({
    dataset: content,
    models: list(content),
    task: text(),
    settings: named(nullable(v.union([text(), number(), v.boolean()]))),
    fingerprint: text(),
  }),
  answers: count(),
  sha256: text(),
  body: text(),
})

/** Reads a part of a comparison. Its body is looked into when it is merged. */
export function readPart(bytes: Uint8Array, fileName: string): Outcome<Part> {
  const name = quoted(fileName)
  if (bytes.length > PART_BYTES) {
    return failed(
      'file-too-large',
      `${name} has ${formatBytes(bytes.length)}; a part has up to ${formatBytes(PART_BYTES)}.`,
      'Split the comparison into more shards.',
    )
  }
  const parsed = v.safeParse(partSchema, parse(bytes), { abortEarly: true })
  if (parsed.success) return success(parsed.output)
  const place = v.getDotPath(parsed.issues[0])
  return failed(
    'report-invalid',
    `${name} is no part of a comparison that can be read${place === null ? '' : ` (${place})`}.`,
    ADVICE,
  )
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return null
  }
}
