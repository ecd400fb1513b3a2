import type { Stop } from './chart'

/** Part of a line that Page up and Page down pass. */
const PAGE = 0.1

/**
 * Where a key leads from one stop to the next: left and right, Home, End and Page within a line, up
 * and down to the nearest stop of the neighbouring line. Null for keys that lead nowhere.
 * @param current index of the stop walked from; null enters at the first one
 */
export function stepStop(
  stops: readonly Stop[],
  current: number | null,
  key: string,
): number | null {
  const from = current === null ? undefined : stops[current]
  if (from === undefined) return KEYS.has(key) && stops.length > 0 ? enter(stops, key) : null
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    return nearestOn(stops, from, key === 'ArrowUp' ? -1 : 1) ?? current
  }
  const line = lineOf(stops, from.line)
  const place = line.findIndex(({ index }) => index === current)
  const page = Math.max(1, Math.round(line.length * PAGE))
  const moves: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: line.length - 1 },
    ...{ PageUp: place - page, PageDown: place + page },
  }
  const wanted = moves[key]
  if (wanted === undefined) return null
  return line[Math.max(0, Math.min(line.length - 1, wanted))]?.index ?? current
}

const KEYS = new Set([
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  ...['Home', 'End', 'PageUp', 'PageDown'],
])

function enter(stops: readonly Stop[], key: string): number | null {
  const line = lineOf(stops, Math.min(...stops.map((stop) => stop.line)))
  return (key === 'End' ? line.at(-1) : line[0])?.index ?? null
}

function lineOf(
  stops: readonly Stop[],
  line: number,
): readonly { readonly stop: Stop; readonly index: number }[] {
  return stops
    .map((stop, index) => ({ stop, index }))
    .filter(({ stop }) => stop.line === line)
    .toSorted((a, b) => a.stop.x - b.stop.x)
}

function nearestOn(stops: readonly Stop[], from: Stop, direction: 1 | -1): number | null {
  const lines = stops.map(({ line }) => line).filter((line) => direction * (line - from.line) > 0)
  if (lines.length === 0) return null
  const line = direction === 1 ? Math.min(...lines) : Math.max(...lines)
  const near = lineOf(stops, line).toSorted(
    (a, b) => Math.abs(a.stop.x - from.x) - Math.abs(b.stop.x - from.x),
  )
  return near[0]?.index ?? null
}
