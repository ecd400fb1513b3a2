import type { Curve } from '../core/report'

/**
 * At most `limit` (2 or more) of a curve's own points: the first, the last, then those in between
 * that are not on a straight line with their neighbours, evenly spaced by the way along the curve
 * (|Δx| + |Δy|) where they are still too many. No point is moved or invented.
 */
export function thinCurve(x: Float64Array, y: Float64Array, limit: number): Curve {
  const corners = cornersOf(x, y)
  const kept = corners.length <= limit ? corners : spread(corners, x, y, limit)
  return {
    x: Array.from(kept, (point) => x[point] as number),
    y: Array.from(kept, (point) => y[point] as number),
  }
}

function cornersOf(x: Float64Array, y: Float64Array): Uint32Array {
  const last = x.length - 1
  const corners = new Uint32Array(x.length)
  let count = 0
  for (let point = 0; point <= last; point += 1) {
    if (point === 0 || point === last || !isOnLine(x, y, corners[count - 1] as number, point)) {
      corners[count++] = point
    }
  }
  return corners.subarray(0, count)
}

/** Whether `point` lies between `before` and the point that follows it, on one line. */
function isOnLine(x: Float64Array, y: Float64Array, before: number, point: number): boolean {
  const inX = (x[point] as number) - (x[before] as number)
  const inY = (y[point] as number) - (y[before] as number)
  const outX = (x[point + 1] as number) - (x[point] as number)
  const outY = (y[point + 1] as number) - (y[point] as number)
  return inX * outY === outX * inY && inX * outX >= 0 && inY * outY >= 0
}

function spread(
  points: Uint32Array,
  x: Float64Array,
  y: Float64Array,
  limit: number,
): readonly number[] {
  const step = (index: number): number => {
    const [from, to] = [points[index - 1] as number, points[index] as number]
    return (
      Math.abs((x[to] as number) - (x[from] as number)) +
      Math.abs((y[to] as number) - (y[from] as number))
    )
  }
  let length = 0
  for (let index = 1; index < points.length; index += 1) length += step(index)

  const kept = [points[0] as number]
  let way = 0
  for (let index = 1; index < points.length - 1 && kept.length < limit - 1; index += 1) {
    way += step(index)
    if (way < (kept.length * length) / (limit - 1)) continue
    kept.push(points[index] as number)
  }
  kept.push(points.at(-1) as number)
  return kept
}
