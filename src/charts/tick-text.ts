import { formatFixed } from '../core/format'

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 })
const SCIENTIFIC = new Intl.NumberFormat('en', {
  notation: 'scientific',
  maximumSignificantDigits: 4,
})
/** From here on groups of three take more room than they help. */
const LARGE = 1e6
const MOST_DECIMALS = 6

/** How the ticks of an axis are written: the fewest decimals at which neighbours differ. */
export function tickText(ticks: readonly number[]): (tick: number) => string {
  const step = Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 0))
  const largest = Math.max(0, ...ticks.map(Math.abs))
  const decimals = step === 0 ? 0 : Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  if (decimals > MOST_DECIMALS) return minus(SCIENTIFIC)
  if (largest >= LARGE && decimals === 0) return minus(COMPACT)
  return (tick) => formatFixed(tick, decimals)
}

function minus(format: Intl.NumberFormat): (value: number) => string {
  return (value) => format.format(value).replaceAll('-', '\u2212')
}
