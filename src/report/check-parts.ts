import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatList, formatQuantity } from '../core/format'
import type { Part } from '../core/part'

export interface NamedPart {
  readonly fileName: string
  readonly part: Part
}

const MISSING_LISTED = 8

/**
 * Whether parts are the whole of one comparison: made by the same version, of the same data, models
 * and settings, each share once. Says by name which part does not belong. Answers them in order.
 */
export function checkParts(parts: readonly NamedPart[]): Outcome<readonly NamedPart[]> {
  const [first] = parts
  if (first === undefined) return wrong('There is no part to merge.', 'Give every part.')
  for (const other of parts) {
    const difference = findDifference(first.part, other.part)
    if (difference !== null) {
      return wrong(
        `${quoted(other.fileName)} does not belong to ${quoted(first.fileName)}: ${difference}.`,
        'Give parts of one comparison, all made by the same command but for --shard.',
      )
    }
  }
  const byShare = new Map<number, NamedPart>()
  for (const one of parts) {
    const { index, count } = one.part.share
    const twin = byShare.get(index)
    if (twin !== undefined) {
      const share = `${String(index)}/${String(count)}`
      return wrong(
        `${quoted(twin.fileName)} and ${quoted(one.fileName)} are both share ${share}.`,
        'Give each share once.',
      )
    }
    byShare.set(index, one)
  }
  return checkComplete(first.part.share.count, byShare)
}

function checkComplete(
  count: number,
  byShare: ReadonlyMap<number, NamedPart>,
): Outcome<readonly NamedPart[]> {
  const indices = Array.from({ length: count }, (_, index) => index + 1)
  const missing = indices.filter((index) => !byShare.has(index))
  if (missing.length > 0) {
    const listed = missing.slice(0, MISSING_LISTED).map((i) => `${String(i)}/${String(count)}`)
    const more = missing.length - listed.length
    const names = formatList(more > 0 ? [...listed, `${String(more)} more`] : listed)
    return wrong(
      `${formatQuantity(missing.length, 'share')} of ${String(count)} missing: ${names}.`,
      'Give every part, or run the missing ones.',
    )
  }
  return success(indices.flatMap((index) => byShare.get(index) ?? []))
}

/** Completes "does not belong to …: …", the plainest reason first. */
function findDifference(first: Part, other: Part): string | null {
  const [a, b] = [first.comparison, other.comparison]
  if (first.generator.version !== other.generator.version) {
    return `made by Bakeoff ${other.generator.version}, not ${first.generator.version}`
  }
  if (first.runtime.version !== other.runtime.version) {
    return `run by ${other.runtime.name} ${other.runtime.version}, not ${first.runtime.version}`
  }
  if (a.dataset.sha256 !== b.dataset.sha256) return `other data (${quoted(b.dataset.name)})`
  const models = findModelDifference(a.models, b.models)
  if (models !== null) return models
  if (first.share.count !== other.share.count) {
    return `split into ${String(other.share.count)}, not ${String(first.share.count)}`
  }
  if (a.task !== b.task) return `the task is ${b.task}, not ${a.task}`
  const names = new Set([...Object.keys(a.settings), ...Object.keys(b.settings)])
  for (const name of names) {
    const [mine, theirs] = [a.settings[name] ?? null, b.settings[name] ?? null]
    if (mine !== theirs) return `${name} is ${String(theirs)}, not ${String(mine)}`
  }
  return a.fingerprint === b.fingerprint ? null : 'target, features or other settings differ'
}

function findModelDifference(
  mine: Part['comparison']['models'],
  theirs: Part['comparison']['models'],
): string | null {
  for (let index = 0; index < Math.max(mine.length, theirs.length); index += 1) {
    const [a, b] = [mine[index], theirs[index]]
    if (a === undefined) return `it has ${quoted(b?.name ?? '')} as well`
    if (b === undefined) return `it lacks ${quoted(a.name)}`
    if (a.name !== b.name) return `its models come in another order, or are others`
    if (a.sha256 !== b.sha256) return `${quoted(b.name)} is another file`
  }
  return null
}

function wrong(message: string, advice: string): Outcome<never> {
  return failed('setting-invalid', message, advice)
}
