const DAY_MS = 86_400_000
/** Bars at the end of the index that backtesting.py looks at to find the spacing. */
const SPACING_BARS = 100

export interface CalendarReturns {
  /** Returns from period to period. */
  readonly returns: Float64Array
  readonly periodsPerYear: number
}

/**
 * Returns of equity that is resampled to its last mark per day, or per week, month or year where the
 * bars are so spaced, with the periods per year that backtesting.py (`backtesting/_stats.py`) infers:
 * 52, 12 or 1; for days 365 where bars lie on weekends, else 252. Weeks end on Sunday; days are of
 * UTC. Null where a return is undefined.
 */
export function calendarReturns(equity: Float64Array, times: Float64Array): CalendarReturns | null {
  const spacing = spacingDays(times)
  const key = spacing === 7 ? weekOf : spacing === 31 ? monthOf : spacing === 365 ? yearOf : dayOf
  const returns: number[] = []
  let previous: number | null = null
  for (let t = 0; t < equity.length; t += 1) {
    const isLast =
      t + 1 === equity.length || key(times[t + 1] as number) !== key(times[t] as number)
    if (!isLast) continue
    const value = equity[t] as number
    if (previous !== null) returns.push(value / previous - 1)
    previous = value
  }
  if (!returns.every(Number.isFinite)) return null
  return { returns: Float64Array.from(returns), periodsPerYear: perYear(spacing, times) }
}

function perYear(spacing: number, times: Float64Array): number {
  if (spacing === 7) return 52
  if (spacing === 31) return 12
  if (spacing === 365) return 1
  const onWeekends = times.filter((time) => weekday(time) >= 5).length / times.length
  return onWeekends > (2 / 7) * 0.6 ? 365 : 252
}

/** Whole days of the median spacing of the last bars. */
function spacingDays(times: Float64Array): number {
  const last = times.subarray(-SPACING_BARS)
  const gaps = last.subarray(1).map((time, index) => time - (last[index] as number))
  gaps.sort()
  const middle = gaps.length >> 1
  const upper = gaps[middle] ?? 0
  const median = gaps.length % 2 === 1 ? upper : (upper + (gaps[middle - 1] ?? upper)) / 2
  return Math.floor(median / DAY_MS)
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS)
}

/** 1970-01-01 was a Thursday, so weeks that begin on Monday are three days ahead. */
function weekOf(time: number): number {
  return Math.floor((dayOf(time) + 3) / 7)
}

/** 0 is Monday. */
function weekday(time: number): number {
  return dayOf(time) + 3 - weekOf(time) * 7
}

function monthOf(time: number): number {
  const date = new Date(time)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function yearOf(time: number): number {
  return new Date(time).getUTCFullYear()
}
