import { formatFixed, formatSignificant, UNDEFINED_FIGURE } from '../core/format'

/** `p = 0.031`, `p < 0.001`. */
export function formatP(value: number | null): string {
  if (value === null) return `p ${UNDEFINED_FIGURE}`
  if (value < 0.001) return 'p < 0.001'
  return `p = ${value > 0.1 ? formatFixed(value, 2) : formatSignificant(value, 2)}`
}
