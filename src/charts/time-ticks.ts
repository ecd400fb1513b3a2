export interface Tick {
  readonly value: number
  readonly label: string
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Steps of equal length that clocks and calendars count in; longer ones are months. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 10].map((count) => count * DAY),
]
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200]
const LONGEST_MONTH = 31 * DAY

/**
 * Round times (UTC) within `low` … `high`, milliseconds since 1970, about `count` of them, ascending:
 * at most `count` + 1.
 */
export function timeTicks(low: number, high: number, count = 4): readonly Tick[] {
  if (!(high > low)) return [{ value: low, label: dayLabel(new Date(low)) }]
  const rough = (high - low) / count
  const step = STEPS.find((candidate) => candidate >= rough)
  if (step === undefined) return monthTicks(low, high, rough)
  const label = step < DAY ? clockLabel(step) : dayLabel
  const ticks: Tick[] = []
  const first = Math.ceil(low / step) * step
  for (let value = first; value <= high; value += step) {
    ticks.push({ value, label: label(new Date(value)) })
  }
  return ticks
}

function monthTicks(low: number, high: number, rough: number): readonly Tick[] {
  const months = MONTH_STEPS.find((step) => step * LONGEST_MONTH >= rough) ?? 1200
  const from = new Date(low)
  const since = from.getUTCFullYear() * 12 + from.getUTCMonth()
  const ticks: Tick[] = []
  for (let month = Math.floor(since / months) * months; ; month += months) {
    const date = new Date(0)
    date.setUTCFullYear(Math.floor(month / 12), month % 12, 1)
    const value = date.getTime()
    if (value > high) return ticks
    if (value >= low) ticks.push({ value, label: monthLabel(date, months) })
  }
}

/** `09:30`; the day at midnight, and seconds where steps are shorter than a minute. */
function clockLabel(step: number): (date: Date) => string {
  return (date) => {
    if (date.getTime() % DAY === 0) return dayLabel(date)
    return date.toISOString().slice(11, step < MINUTE ? 19 : 16)
  }
}

function dayLabel(date: Date): string {
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

function monthLabel(date: Date, months: number): string {
  const year = String(date.getUTCFullYear())
  if (months >= 12) return year
  return `${date.toLocaleDateString('en-GB', { month: 'short', timeZone: 'UTC' })} ${year}`
}
