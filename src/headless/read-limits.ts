import { CAPS, isCapName, type CapName } from '../core/caps'
import { closestName } from '../core/closest-name'
import { failed, success, type Outcome } from '../core/failure'
import { formatCount, formatList } from '../core/format'

export type RaisedLimits = readonly (readonly [CapName, number])[]

/** Reads `NAME=N` of each `--limit`. */
export function readLimits(texts: readonly string[]): Outcome<RaisedLimits> {
  const limits: [CapName, number][] = []
  for (const text of texts) {
    const [name = '', figure = ''] = text.split('=', 2)
    if (!isCapName(name)) return unknown(name)
    const { value, most, unit } = CAPS[name]
    const to = /^\d{1,15}$/.test(figure) ? Number(figure) : NaN
    if (!(to >= value && to <= most)) {
      return failed(
        'setting-invalid',
        `--limit ${name} takes ${formatCount(value)} to ${formatCount(most)} ${unit}, not "${figure}".`,
        `Write it in digits alone: --limit ${name}=${String(Math.min(most, Math.max(1, 4 * value)))}.`,
      )
    }
    limits.push([name, to])
  }
  return success(limits)
}

function unknown(name: string): Outcome<never> {
  const names = Object.keys(CAPS)
  const near = closestName(name, names)
  return failed(
    'setting-invalid',
    `There is no limit called "${name}".`,
    near === null ? `Limits: ${formatList(names)}.` : `Did you mean --limit ${near}=N?`,
  )
}
