/** Powers of ten that float64 holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${String(power)}`))
/** The upper half of their digits (Veltkamp): products of halves are exact. */
const UPPER_POWERS = POWERS.map(upperHalf)
const HALF = 2 ** 26
/** More than the sum of what is rounded on the way to a quotient's second part, relative to it. */
const SECOND_PART_ERROR = 2 ** -50

/** Digits of {@link longDecimal}'s two parts. */
export const UPPER_DIGITS = 15
export const LOWER_DIGITS = 4
export const LONGEST_FRACTION = POWERS.length - 1

/** `whole` ÷ 10^`fraction`, rounded once where `whole` is exact. */
export function shortDecimal(whole: number, fraction: number): number {
  return whole / (POWERS[fraction] as number)
}

/**
 * The float64 next to (`upper` × 10^`lowerDigits` + `lower`) ÷ 10^`fraction`, as `Number` reads a
 * decimal of up to 19 digits; NaN where it lies too near the middle of two for this to tell. The
 * quotient is found as a sum of two float64, some 100 bits of it.
 */
export function longDecimal(
  upper: number,
  lower: number,
  lowerDigits: number,
  fraction: number,
): number {
  const factor = POWERS[lowerDigits] as number
  const divisor = POWERS[fraction] as number
  // The dividend, exactly, as a sum of two.
  const top = Math.floor(upper / HALF)
  const high = top * factor * HALF
  const low = (upper - top * HALF) * factor + lower
  const dividend = high + low
  const rest = low - (dividend - high)
  const quotient = dividend / divisor
  // What is left of the dividend, exactly (Dekker).
  const product = quotient * divisor
  const quotientTop = upperHalf(quotient)
  const quotientEnd = quotient - quotientTop
  const divisorTop = UPPER_POWERS[fraction] as number
  const divisorEnd = divisor - divisorTop
  const lost =
    quotientTop * divisorTop -
    product +
    quotientTop * divisorEnd +
    quotientEnd * divisorTop +
    quotientEnd * divisorEnd
  const second = (dividend - product - lost + rest) / divisor
  const error = Math.abs(second) * SECOND_PART_ERROR
  const least = quotient + (second - error)
  return least === quotient + (second + error) ? least : NaN
}

function upperHalf(value: number): number {
  const scaled = value * (2 ** 27 + 1)
  return scaled - (scaled - value)
}
