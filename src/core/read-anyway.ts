import { CAPS } from './caps'
import type { Failure } from './failure'
import { formatBytes, formatCount, formatQuantity } from './format'

/**
 * What a user may choose for a file that met a limit, as `Read up to 50 000 columns`; null where it met
 * none, or one that cannot be raised so far.
 */
export function readAnyway({ cap }: Failure): string | null {
  if (cap === undefined) return null
  const { unit, most } = CAPS[cap.name]
  if (cap.wanted > most) return null
  if (cap.name === 'malformed-rows') return `Leave out ${formatQuantity(cap.wanted, 'row')}`
  if (unit === 'bytes') return `Read up to ${formatBytes(cap.wanted)}`
  return `Read up to ${formatCount(cap.wanted)} ${unit}`
}
