import { contentHash } from '../core/content-hash'
import { quoted } from '../core/display-text'
import { formatCount } from '../core/format'
import type { AlikeLabels } from '../core/task'
import type { TargetColumn } from './target-column'

const LABELS_NAMED = 3
const LABEL_LENGTH = 60

/** Texts such as "yes" beside " Yes", or "1" beside "1.0", of which each is a class; null without any. */
export function alikeLabels(target: TargetColumn): AlikeLabels | null {
  if (target.kind === 'numeric') return null
  const counts = new Map<number, number>()
  for (const code of target.codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  const groups = new Map<string, number[]>()
  for (const code of counts.keys()) {
    const plain = plainLabel(target.dictionary[code] ?? '')
    groups.set(plain, [...(groups.get(plain) ?? []), code])
  }
  const alike = [...groups.values()].filter((codes) => codes.length > 1)
  const [first] = alike
  if (first === undefined) return null
  const named = first.slice(0, LABELS_NAMED).map((code) => {
    return `${shown(target.dictionary[code] ?? '')} (${formatCount(counts.get(code) ?? 0)})`
  })
  const others = alike.length - 1
  const more =
    others === 0
      ? ''
      : `, and ${formatCount(others)} more such ${others === 1 ? 'group' : 'groups'}`
  const labels = alike.flat().map((code) => target.dictionary[code] ?? '')
  return {
    sentence: `Labels of ${quoted(target.name)} that look alike are classes of their own: ${named.join(', ')}${more}.`,
    key: contentHash(new TextEncoder().encode(JSON.stringify(labels.toSorted()))).slice(0, 32),
  }
}

function plainLabel(text: string): string {
  const plain = text.trim().toLowerCase()
  const value = Number(plain)
  return plain === '' || Number.isNaN(value) ? plain : String(value + 0)
}

/** With its spaces to be seen, for they may be what tells it apart. */
function shown(text: string): string {
  return quoted(text.slice(0, LABEL_LENGTH).replaceAll(' ', '␣'))
}
