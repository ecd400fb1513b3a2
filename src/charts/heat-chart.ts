import type { Chart, ChartTable, Reading, Stop } from './chart'
import type { ModelPaint } from './model-paint'
import type { SvgNode } from './svg-node'
import { textNode } from './text-node'
import { fitText, textWidth } from './text-width'

export interface HeatCell {
  /** Written in the cell where all of them have room, else `short`, else nothing. */
  readonly text: string
  readonly short: string
  readonly colour: string
  /** 0 (pale) to 1. */
  readonly shade: number
  readonly isStrong: boolean
  readonly read: () => Omit<Reading['items'][number], 'at'>
  readonly head: string
}

interface HeatOptions {
  readonly title: string
  readonly note: string
  readonly description: string
  /** Over the heads of the columns. */
  readonly across: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly label: string; readonly paint?: ModelPaint }[]
  /** `cells[row][column]`. */
  readonly cells: readonly (readonly HeatCell[])[]
  readonly table: () => ChartTable
}

/** Full colour would drown the figures. */
const DARKEST = 0.5
const CELL = { least: 28, most: 56, height: 34 }
const LABELS = { share: 0.3, most: 200, turned: 88 }
/** Narrower drawings write names of models above their cells. */
const WIDE = 560
const SIZE = 12

/** Figures of two things in a grid of shaded cells. */
export function heatChart(options: HeatOptions): Chart {
  const { title, note, description, table } = options
  return {
    ...{ title, note, description, table },
    key: [],
    marks: 'areas',
    draw: (width) => draw(width, options),
  }
}

function draw(outer: number, { across, columns, rows, cells }: HeatOptions) {
  const isStacked = outer < WIDE && rows.some(({ paint }) => paint !== undefined)
  const longest = Math.max(0, ...rows.map(({ label }) => textWidth(label))) + 26
  const left = isStacked ? 0 : Math.ceil(Math.min(longest, LABELS.most, outer * LABELS.share))
  const cell = Math.min(CELL.most, (outer - left) / Math.max(1, columns.length))
  const isTurned = columns.some((label) => textWidth(label) > cell - 4)
  const turned = Math.min(LABELS.turned, Math.max(0, ...columns.map((text) => textWidth(text))))
  const top = (isTurned ? turned + 14 : 22) + 18
  const rowLabel = isStacked ? 22 : 0
  const rowHeight = rowLabel + (isStacked ? CELL.least : Math.min(CELL.height, Math.max(18, cell)))
  const right = left + cell * columns.length
  const bottom = top + rowHeight * rows.length
  const at = (y: number, x: number) => ({
    x: left + x * cell,
    y: top + y * rowHeight + rowLabel,
    width: cell,
    height: rowHeight - rowLabel,
  })
  const write = textThatFits(cells.flat(), cell)
  const nodes = [
    textNode(across, left, 12),
    ...columnHeads(columns, { left, top, cell, isTurned, turned }),
    ...rows.flatMap(({ label, paint }, y) => {
      const middle = isStacked ? top + y * rowHeight + 14 : at(y, 0).y + at(y, 0).height / 2 + 4
      return rowHead(label, paint, middle, isStacked ? outer : left - 8)
    }),
    ...cells.flatMap((row, y) => row.flatMap((one, x) => cellNodes(one, at(y, x), write(one)))),
  ]
  const stops = cells.flatMap((row, y) =>
    row.map((one, x): Stop => {
      const { x: from, y: over, width, height } = at(y, x)
      const place = [from + width / 2, over + height / 2] as const
      const read = () => ({ head: one.head, items: [{ ...one.read(), at: place }] })
      return { x: place[0], y: place[1], line: y, read }
    }),
  )
  const plot = { left, right, top, bottom }
  return { ...{ width: outer, height: bottom + 2, plot, nodes, stops }, isLabelled: true }
}

interface Heads {
  readonly left: number
  readonly top: number
  readonly cell: number
  readonly isTurned: boolean
  readonly turned: number
}

function columnHeads(
  columns: readonly string[],
  { left, top, cell, isTurned, turned }: Heads,
): readonly SvgNode[] {
  return columns.map((label, x) => {
    const middle = left + (x + 0.5) * cell
    if (!isTurned) return textNode(label, middle, top - 8, { 'text-anchor': 'middle' })
    const place = `translate(${(middle + 4).toFixed(1)} ${(top - 8).toFixed(1)}) rotate(-90)`
    return textNode(fitText(label, turned), 0, 0, { transform: place })
  })
}

function rowHead(
  label: string,
  paint: ModelPaint | undefined,
  baseline: number,
  width: number,
): readonly SvgNode[] {
  const indent = paint === undefined ? 0 : 16
  return [
    ...(paint === undefined
      ? []
      : [
          {
            tag: 'circle' as const,
            attributes: { cx: 6, cy: baseline - 4, r: 5, fill: paint.colour },
          },
        ]),
    textNode(fitText(label, width - indent), indent, baseline, { fill: 'var(--ink)' }),
  ]
}

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function cellNodes(cell: HeatCell, { x, y, width, height }: Place, text: string): SvgNode[] {
  const box = {
    x: Math.round((x + 1) * 100) / 100,
    y: Math.round((y + 1) * 100) / 100,
    width: Math.max(1, Math.round((width - 2) * 100) / 100),
    height: Math.max(1, Math.round((height - 2) * 100) / 100),
    rx: 3,
  }
  const shade = Math.round(cell.shade * DARKEST * 1000) / 1000
  const isPale = shade === 0
  return [
    { tag: 'rect', attributes: { ...box, fill: 'var(--sunk)' } },
    ...(isPale
      ? []
      : [
          {
            tag: 'rect' as const,
            attributes: { ...box, fill: cell.colour, 'fill-opacity': shade },
          },
        ]),
    ...(text === ''
      ? []
      : [
          textNode(text, x + width / 2, y + height / 2 + 4, {
            ...{ 'text-anchor': 'middle', 'font-size': SIZE },
            fill: isPale ? 'var(--ink-muted)' : 'var(--ink)',
            ...(cell.isStrong ? { 'font-weight': 600 } : {}),
          }),
        ]),
  ]
}

/** One way of writing for all cells: figures of different precision are not compared. */
function textThatFits(cells: readonly HeatCell[], width: number): (cell: HeatCell) => string {
  const fits = (text: (cell: HeatCell) => string) =>
    cells.every((cell) => textWidth(text(cell), SIZE) <= width - 4)
  const ways = [({ text }: HeatCell) => text, ({ short }: HeatCell) => short]
  return ways.find(fits) ?? (() => '')
}
