import type { Edges } from './chart'
import { fitText, textWidth } from './text-width'

interface Wanted {
  readonly text: string
  readonly at: readonly [x: number, y: number]
}

export interface PlacedLabel {
  readonly text: string
  readonly x: number
  /** Baseline. */
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
}

const LINE = 15
const GAP = 10
/** As share of the room. */
const LONGEST = 0.34

/**
 * Names beside their dots, where they cover neither a dot nor another name: right, above, left or
 * below. Null for a name without such a place; the first ones have the choice.
 */
export function placeLabels(
  wanted: readonly Wanted[],
  dots: readonly (readonly [x: number, y: number])[],
  room: Edges,
): readonly (PlacedLabel | null)[] {
  const taken: Edges[] = dots.map(([x, y]) => around(x - 7, x + 7, y - 7, y + 7))
  const longest = (room.right - room.left) * LONGEST
  return wanted.map(({ text, at: [x, y] }) => {
    const short = fitText(text, longest)
    const width = textWidth(short)
    const ways: readonly (readonly [PlacedLabel, Edges])[] = [
      way(short, x + GAP, y + 4, 'start', width),
      way(short, x, y - GAP - 2, 'middle', width),
      way(short, x + GAP, y - GAP - 2, 'end', width),
      way(short, x - GAP, y + 4, 'end', width),
      way(short, x, y + GAP + 10, 'middle', width),
    ]
    const found = ways.find(
      ([, box]) => isWithin(box, room) && !taken.some((other) => overlaps(box, other)),
    )
    if (found === undefined) return null
    taken.push(found[1])
    return found[0]
  })
}

function way(
  text: string,
  x: number,
  y: number,
  anchor: PlacedLabel['anchor'],
  width: number,
): readonly [PlacedLabel, Edges] {
  const left = { start: x, middle: x - width / 2, end: x - width }[anchor]
  return [{ text, x, y, anchor }, around(left, left + width, y - LINE + 4, y + 4)]
}

function around(left: number, right: number, top: number, bottom: number): Edges {
  return { left, right, top, bottom }
}

function overlaps(a: Edges, b: Edges): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function isWithin(box: Edges, room: Edges): boolean {
  // A name may stand over the right margin, but not over the ticks.
  return (
    box.left >= room.left &&
    box.right <= room.right + 14 &&
    box.top >= room.top &&
    box.bottom <= room.bottom
  )
}
