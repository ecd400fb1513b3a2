import { op, pickle } from '../../../fixtures/pickle-builder'
import { utf8, zipFile, type ZipPart } from '../../../fixtures/zip-builder'
import { openZip } from '../../../../src/archive/zip-archive'
import { policyBytes } from './read-policy'

type Json = Record<string, unknown>

/**
 * A policy zip of the fixtures with its settings or its entries changed. Entries that are changed to
 * null are left out.
 */
export async function changedZip(
  fileName: string,
  change: (data: Json) => void,
  entries: Readonly<Record<string, Uint8Array | null>> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const archive = await openZip(policyBytes(fileName))
  const parts: ZipPart[] = []
  for (const name of archive.entries.keys()) {
    if (entries[name] === null) continue
    parts.push({ name, bytes: entries[name] ?? (await archive.read(name)) })
  }
  for (const part of parts) {
    if (part.name !== 'data' || 'data' in entries) continue
    const data = JSON.parse(new TextDecoder().decode(part.bytes)) as Json
    change(data)
    parts[parts.indexOf(part)] = { ...part, bytes: utf8(JSON.stringify(data)) }
  }
  return zipFile(parts)
}

/** A setting as Stable-Baselines3 writes one that JSON cannot hold. */
export function pickled(bytes: Uint8Array, attributes: Json = {}): Json {
  return { ':type:': 'x', ':serialized:': Buffer.from(bytes).toString('base64'), ...attributes }
}

/** A pickle that names a class and nothing else. */
export function className(name: string): Uint8Array {
  const at = name.lastIndexOf('.')
  return pickle(op.global(name.slice(0, at), name.slice(at + 1)))
}

/** A pickle of keyword arguments of which some are classes. */
export function kwargs(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return pickle(
    op.emptyDict,
    op.mark,
    ...Object.entries(entries).flatMap(([key, value]) => [op.text(key), value]),
    op.setItems,
  )
}
