import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import { formatCount, formatDuration, formatFixed, formatQuantity } from '../../core/format'

/** A step longer than this many usual ones is a gap. */
const GAP_FACTOR = 1.5
const DAY_MS = 86_400_000

/**
 * Looks at the order of a table's times. Fails where a row is earlier than the one before it; says, as
 * sentences, where times repeat and where steps are longer than the usual (median) one, which is how
 * nights and weekends look too.
 */
export function checkTimes(name: string, times: Float64Array): Outcome<readonly string[]> {
  const steps = times.subarray(1).map((time, row) => time - (times[row] as number))
  const back = steps.findIndex((step) => step < 0)
  if (back !== -1) return outOfOrder(name, steps, back)
  const warnings: string[] = []
  const repeated = steps.findIndex((step) => step === 0)
  if (repeated !== -1) {
    const count = steps.filter((step) => step === 0).length
    warnings.push(
      `${formatQuantity(count, 'row')} ${count === 1 ? 'repeats' : 'repeat'} the time of the row before in ${quoted(name)}, first row ${formatCount(repeated + 2)}; each counts as a bar of its own.`,
    )
  }
  const gaps = describeGaps(name, steps)
  if (gaps !== null) warnings.push(gaps)
  return success(warnings)
}

function outOfOrder(name: string, steps: Float64Array, back: number) {
  const isReversed = steps.every((step) => step <= 0)
  const where = `Row ${formatCount(back + 2)} is earlier than the row before it in ${quoted(name)}`
  return failed(
    'data-malformed',
    isReversed ? `${where}: the newest rows come first.` : `${where}.`,
    'Sort the rows by time, oldest first.',
  )
}

function describeGaps(name: string, steps: Float64Array): string | null {
  const usual = median(steps.filter((step) => step > 0))
  const isGap = (step: number) => step > GAP_FACTOR * usual
  const count = steps.filter(isGap).length
  if (count === 0) return null
  let longest = 0
  for (let row = 0; row < steps.length; row += 1) {
    if ((steps[row] as number) > (steps[longest] as number)) longest = row
  }
  const gap = describeSpan(steps[longest] as number)
  return `${formatQuantity(count, 'gap')} in ${quoted(name)}: ${count === 1 ? 'a step is' : 'steps are'} longer than the usual ${describeSpan(usual)}, the longest ${gap} after row ${formatCount(longest + 1)}.`
}

function describeSpan(ms: number): string {
  return ms < DAY_MS ? formatDuration(ms) : `${formatFixed(ms / DAY_MS, 1)} days`
}

/** The lower of the two middle values of an even count: a step that occurs. */
function median(values: Float64Array): number {
  return values.slice().sort()[(values.length - 1) >> 1] ?? Infinity
}
