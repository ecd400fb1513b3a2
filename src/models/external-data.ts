import { ContentHash } from '../core/content-hash'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import type { ExternalFile } from '../core/model'

type NamedBlob = Blob & { readonly name: string }

/** Location as the model writes it → bytes that its tensors reach into the file. */
export type ExternalWant = ReadonlyMap<string, number>

/** Names shown in one sentence. */
const SHOWN = 5

/**
 * What is wrong with a location, to complete "… asks for weights at"; null where it names a file beside
 * the model or below its folder. The names come from strangers: nothing outside of what was added is
 * ever read, and a location that points outside is refused before anything is looked for.
 */
export function unsafeLocation(location: string): string | null {
  if (location === '') return 'which names no file'
  if (/\p{Cc}/u.test(location)) return 'which holds control characters'
  if (/^[a-z][a-z0-9+.-]*:/i.test(location))
    return 'which is an address or a drive, not a file beside it'
  if (/^[\\/]/.test(location)) return 'which is not beside the model'
  if (location.split(/[\\/]/).includes('..')) return 'which is outside of its folder'
  return null
}

/** The last part of a location: dropped files have no folder. */
export function fileNameOf(location: string): string {
  return location.split(/[\\/]/).at(-1) ?? ''
}

/**
 * Finds the files that hold a model's weights among those given, by name. A file that is not there, or
 * that ends before the tensors do, fails with the names wanted and given.
 * @param model name of the model's file
 */
export function matchExternal(
  model: string,
  want: ExternalWant,
  given: readonly NamedBlob[],
): Outcome<readonly ExternalFile[]> {
  const byName = new Map<string, NamedBlob[]>()
  for (const file of given) byName.set(file.name, [...(byName.get(file.name) ?? []), file])
  const found: ExternalFile[] = []
  const missing: string[] = []
  for (const [path, bytes] of want) {
    const [data, twin] = byName.get(fileNameOf(path)) ?? []
    if (data === undefined) {
      missing.push(path)
      continue
    }
    if (twin !== undefined) return ambiguous(model, path)
    if (data.size < bytes) return tooShort(model, data, bytes)
    found.push({ path, data })
  }
  return missing.length > 0 ? absent(model, missing, given) : success(found)
}

/** SHA-256 of a model and its weights: the model's bytes, then those of its files by name. */
export async function hashWithExternal(
  model: Blob,
  external: readonly ExternalFile[],
): Promise<string> {
  const hash = new ContentHash()
  const ordered = external.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  for (const blob of [model, ...ordered.map(({ data }) => data)]) {
    const reader = blob.stream().getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      hash.update(value)
    }
  }
  return hash.digest()
}

function absent(
  model: string,
  missing: readonly string[],
  given: readonly NamedBlob[],
): Outcome<never> {
  const names = listed(missing)
  const there =
    given.length === 0
      ? 'no other file was added with it'
      : `the files added with it are ${listed(given.map(({ name }) => name))}`
  const { failure } = failed(
    'weights-absent',
    `${quoted(model)} keeps its weights in ${names}, which ${missing.length === 1 ? 'is' : 'are'} not here; ${there}.`,
    missing.length === 1 && given.length === 1
      ? 'Add that file too, or rename the one given where it is the same.'
      : 'Add the model and its files of weights, together or one after another.',
  )
  return { ok: false, failure: { ...failure, wanted: missing } }
}

function tooShort(model: string, data: NamedBlob, bytes: number): Outcome<never> {
  return failed(
    'model-corrupt',
    `${quoted(data.name)} holds ${formatBytes(data.size)}, and ${quoted(model)} reads ${formatBytes(bytes)} of it: it is cut short, or belongs to another model.`,
    'Copy or download the file of weights again.',
  )
}

function ambiguous(model: string, path: string): Outcome<never> {
  return failed(
    'setting-invalid',
    `${quoted(model)} keeps its weights in ${quoted(path)}, and several files of that name were added.`,
    'Add one model with its own files at a time.',
  )
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => quoted(name))
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${String(more)} more` : shown.join(', ')
}
