const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** `2024-01-31T09:30Z`: ISO 8601 in UTC, seconds where there are any. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/(:00)?\.000Z$/, 'Z')
}

/**
 * How times of one table or chart are written, all alike: `2024-01-31` where every one is midnight
 * UTC, else `2024-01-31 09:30`, with seconds where any has them. UTC, as times without a zone are read.
 * @param times milliseconds since 1970, or ISO 8601
 */
export function timeFormat(times: readonly (number | string)[]): (time: number | string) => string {
  const all = times.map((time) => new Date(time).getTime())
  const [from, to] = all.every((ms) => ms % DAY_MS === 0)
    ? [10, 10]
    : all.every((ms) => ms % MINUTE_MS === 0)
      ? [11, 16]
      : [11, 19]
  return (time) => {
    const iso = new Date(time).toISOString()
    return to === 10 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(from, to)}`
  }
}
