import type { Backend } from './evaluation'
import type { MetricInfo } from './metric'

/** U+202F: a thin space at which a number never breaks over two lines. */
const GROUP = '\u202f'
const MINUS = '\u2212'
/** Shown where a figure is undefined. */
export const UNDEFINED_FIGURE = '–'

/** `1 797`: a whole number in groups of three. */
export function formatCount(value: number): string {
  return formatFixed(value, 0)
}

/** `12 345.60`: a fixed number of decimals, a real minus sign, groups of three before the point. */
export function formatFixed(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, GROUP)
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`
  const isZero = !/[1-9]/.test(digits)
  return value < 0 && !isZero ? MINUS + digits : digits
}

/** `3 models`, `1 model`. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

/**
 * Decimals for one metric over a whole column, so that its figures align on the point. A share of
 * `rows` rows moves in steps of 1 / rows, so more rows earn more digits; figures in the target's
 * own unit get four significant digits of the largest.
 */
export function metricDecimals(
  unit: MetricInfo['unit'],
  rows: number,
  values: readonly (number | null)[],
): number {
  if (unit === 'count') return 0
  if (unit === 'share') return clamp(Math.ceil(Math.log10(Math.max(1, rows))), 2, 4)
  if (unit === 'score') return clamp(Math.ceil(Math.log10(Math.max(1, rows))), 3, 4)
  const largest = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)))
  return largest === 0 ? 3 : clamp(3 - Math.floor(Math.log10(largest)), 0, 6)
}

export function formatMetric(
  value: number | null,
  unit: MetricInfo['unit'],
  rows: number,
  column: readonly (number | null)[] = [value],
): string {
  if (value === null) return UNDEFINED_FIGURE
  if (unit === 'distance') return formatDistance(value)
  return formatFixed(value, metricDecimals(unit, rows, column))
}

/** `12.7`, `0.0042`, `3.1e−7`: three significant digits of a difference, whatever its size. */
export function formatDistance(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 1e-4 || size >= 1e6)
    return value.toExponential(1).replaceAll('-', MINUS).replace('+', '')
  return formatSignificant(value, 3)
}

/** `1.0 points`: a difference of two shares in hundredths; more decimals where one shows nothing. */
export function formatPoints(difference: number): string {
  const points = difference * 100
  const magnitude = Math.abs(points)
  const decimals =
    magnitude === 0 || magnitude >= 0.1 ? 1 : Math.min(6, -Math.floor(Math.log10(magnitude)))
  return `${formatFixed(points, decimals)} points`
}

/** `98.7 %`. */
export function formatPercent(share: number, decimals = 1): string {
  return `${formatFixed(share * 100, decimals)}${GROUP}%`
}

/** `0.42 ms`, `12 ms`, `4.2 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${formatFixed(ms, ms < 1 ? 2 : 1)} ms`
  if (ms < 999.5) return `${formatFixed(ms, 0)} ms`
  const seconds = ms / 1000
  if (seconds < 10) return `${formatFixed(seconds, 1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${formatFixed(whole, 0)} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) {
    const rest = whole % 60
    return `${formatFixed(minutes, 0)} min${rest === 0 ? '' : ` ${formatFixed(rest, 0)} s`}`
  }
  return `${formatFixed(Math.floor(minutes / 60), 0)} h ${formatFixed(minutes % 60, 0)} min`
}

/** Three significant digits: more would change from batch to batch. */
export function formatRate(rowsPerSecond: number): string {
  return `${formatSignificant(rowsPerSecond, 3)} rows/s`
}

/** `23 400`, `4.21`: rounded to significant digits, never in exponent form. */
export function formatSignificant(value: number, digits: number): string {
  if (value === 0) return '0'
  const exponent = Math.floor(Math.log10(Math.abs(value)))
  const step = 10 ** (exponent - digits + 1)
  return formatFixed(Math.round(value / step) * step, clamp(digits - 1 - exponent, 0, 12))
}

/** Decimal units, as file managers show them: `15.5 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${formatFixed(bytes, 0)} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let size = bytes / 1000
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${formatFixed(size, size < 99.95 ? 1 : 0)} ${units[unit] ?? ''}`
}

/** `27 Jul 2026, 14:05`, in the time zone of the machine. */
export function formatMoment(time: number | string): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

/** `WebGPU`, `WASM, 2 threads`. */
export function formatBackend(backend: Backend, threads: number | null): string {
  if (backend === 'webgpu') return 'WebGPU'
  return threads === null ? 'WASM' : `WASM, ${formatQuantity(threads, 'thread')}`
}

/** `a`, `a and b`, `a, b and c`. */
export function formatList(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
