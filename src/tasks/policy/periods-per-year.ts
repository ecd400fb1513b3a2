const YEAR_MS = 365.25 * 86_400_000
/** Exchange days, calendar days, weeks, months. */
const CALENDARS = [252, 365, 52, 12]
const TOLERANCE = 0.04
const WITHOUT_TIME = 252

/**
 * Bars per year of a whole table, for figures per year: (rows − 1) ÷ the years of 365.25 days from
 * first to last row, set to 252, 365, 52 or 12 where within 4 % of it. 252 without a time column or
 * where all times are one.
 * @param times milliseconds since 1970, rising
 */
export function periodsPerYear(times: Float64Array | null): number {
  const first = times?.[0]
  const last = times?.at(-1)
  if (times === null || first === undefined || last === undefined || last <= first) {
    return WITHOUT_TIME
  }
  const counted = (times.length - 1) / ((last - first) / YEAR_MS)
  const calendar = CALENDARS.find((known) => Math.abs(counted - known) <= TOLERANCE * known)
  return calendar ?? counted
}
