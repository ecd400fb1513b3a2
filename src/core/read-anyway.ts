import { CAPS } from './caps'
import type { Failure } from './failure'
import { formatBytes, formatCount } from './format'

/**
 * The figure to which a limit would be raised for a file that met it, as `50 000 columns`; null where
 * it met none, or one that cannot be raised so far.
 */
export function raisedCap({ cap }: Failure): string | null {
  if (cap === undefined) return null
  const { unit, most } = CAPS[cap.name]
  if (cap.wanted > most) return null
  if (unit === 'bytes') return formatBytes(cap.wanted)
  return `${formatCount(cap.wanted)} ${unit}`
}
