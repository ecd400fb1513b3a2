import { line } from 'd3-shape'

type Scale = (value: number) => number

/** SVG path of a polyline; columns of different lengths are read to the shorter end. */
export function linePath(xs: readonly number[], ys: readonly number[], x: Scale, y: Scale): string {
  const points = Math.min(xs.length, ys.length)
  const path = line<number>()
    .x((_, index) => x(xs[index] ?? 0))
    .y((_, index) => y(ys[index] ?? 0))
    .digits(2)
  return path(xs.slice(0, points)) ?? ''
}
