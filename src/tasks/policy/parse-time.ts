/** Every part has a fixed length, so that no text takes long. */
const PATTERN =
  /^(\d{4})(?:([-/.])(\d{2})\2(\d{2})|(\d{2})(\d{2}))(?:[T ]{1,2}(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i
const MINUTE_MS = 60_000

/**
 * A date, with or without a time of day, as milliseconds since 1970: ISO 8601 and the forms near to it
 * that begin with the year (`2024-01-31T09:30:00Z`, `2024.01.31 09:30`, `20240131`). A time without a
 * zone is taken for UTC, so that results do not depend on where they are computed. NaN for any other
 * text; forms that begin with the day or the month are refused, for they cannot be told apart.
 */
export function parseTime(text: string): number {
  const match = PATTERN.exec(text.trim())
  if (match === null) return NaN
  const part = (index: number) => Number(match[index] ?? 0)
  const year = part(1)
  const month = match[3] === undefined ? part(5) : part(3)
  const day = match[4] === undefined ? part(6) : part(4)
  const [hour, minute, second] = [part(7), part(8), part(9)]
  if (hour > 24 || minute > 59 || second > 60) return NaN
  const date = Date.UTC(year, month - 1, day)
  // Date.UTC carries a 31 February over to March.
  if (new Date(date).getUTCDate() !== day || month < 1 || month > 12) return NaN
  const fraction = match[10] === undefined ? 0 : Number(`0.${match[10]}`) * 1000
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + fraction
  return date + clock - zoneMinutes(match[11]) * MINUTE_MS
}

/** Minutes ahead of UTC. */
function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const digits = zone.replace(/\D/g, '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return zone.startsWith('-') ? -minutes : minutes
}
