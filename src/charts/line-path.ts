import type { LinearScale } from './linear-scale'

/** SVG path of a polyline; columns of different lengths are read to the shorter end. */
export function linePath(
  xs: readonly number[],
  ys: readonly number[],
  x: LinearScale,
  y: LinearScale,
): string {
  const points = Math.min(xs.length, ys.length)
  const parts: string[] = []
  for (let index = 0; index < points; index += 1) {
    const to = `${pixel(x.at(xs[index] ?? 0))} ${pixel(y.at(ys[index] ?? 0))}`
    parts.push(index === 0 ? `M${to}` : `L${to}`)
  }
  return parts.join('')
}

/** SVG path that, stroked with round caps, draws one dot per point. */
export function dotPath(
  xs: readonly number[],
  ys: readonly number[],
  x: LinearScale,
  y: LinearScale,
): string {
  return xs
    .map((value, index) => `M${pixel(x.at(value))} ${pixel(y.at(ys[index] ?? 0))}h0`)
    .join('')
}

function pixel(value: number): string {
  return value.toFixed(2)
}
