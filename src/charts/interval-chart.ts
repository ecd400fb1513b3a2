import { UNDEFINED_FIGURE } from '../core/format'
import { axisNodes } from './axis-nodes'
import type { Chart, Drawing, Stop } from './chart'
import { dotNode } from './dot-node'
import { padDomain } from './pad-domain'
import type { ModelPaint } from './model-paint'
import { plotBox } from './plot-box'
import { referenceLine } from './reference-line'
import type { SvgNode } from './svg-node'
import { textNode } from './text-node'
import { fitText, textWidth } from './text-width'

interface IntervalRow {
  readonly name: string
  readonly paint: ModelPaint
  readonly value: number | null
  /** Null where none was computed. */
  readonly interval: readonly [low: number, high: number] | null
}

interface IntervalOptions {
  readonly title: string
  readonly note: string
  readonly rows: readonly IntervalRow[]
  readonly text: (value: number) => string
  /** The others are seen against its value. */
  readonly baseline: string | null
}

/** Narrower drawings write names above their marks. */
const WIDE = 560
const ROW = { wide: 34, stacked: 46 }
const NAMES = { share: 0.32, most: 260 }

/** One figure of every model with its interval, best first, on one axis that need not begin at 0. */
export function intervalChart(options: IntervalOptions): Chart {
  const { title, note, rows, text } = options
  return {
    ...{ title, note },
    ...{ key: [], marks: 'dots' },
    description: `${title}, ${note}: ${rows.map((row) => `${row.name} ${rowText(row, text)}`).join('; ')}.`,
    draw: (width) => draw(width, options),
    table: () => ({
      columns: ['Model', title, 'From', 'To'].map((label) => ({ label, text })),
      rows: rows.map(({ name, value, interval }) => [
        ...[name, value, interval?.[0] ?? null],
        interval?.[1] ?? null,
      ]),
    }),
  }
}

function draw(width: number, { rows, text, baseline }: IntervalOptions): Drawing {
  const isWide = width >= WIDE
  const longest = Math.max(0, ...rows.map(({ name }) => textWidth(name))) + 16
  const names = isWide ? Math.min(longest, NAMES.most, width * NAMES.share) : 0
  const rowHeight = isWide ? ROW.wide : ROW.stacked
  const figures = Math.max(...rows.map(({ value }) => textWidth(shown(value, text)))) + 12
  const plotted = rows.flatMap(({ value, interval }) => [value ?? [], interval ?? []].flat())
  const height = rows.length * rowHeight + 34
  const box = plotBox(
    { left: names, right: width - figures, top: 0, bottom: height },
    { domain: padDomain(plotted), label: '' },
    { domain: [0, 1], label: '', isBare: true },
  )
  const middle = (index: number) => box.top + rowHeight * (index + (isWide ? 0.5 : 0.7))
  const held = rows.find(({ name }) => name === baseline)?.value ?? null
  const nodes: SvgNode[] = [
    ...axisNodes(box),
    ...(held === null
      ? []
      : [referenceLine([box.x(held), box.top], [box.x(held), box.bottom], true)]),
    ...rows.flatMap((row, index) => {
      const y = middle(index)
      return [
        textNode(fitText(row.name, isWide ? names - 16 : width), 0, isWide ? y + 4 : y - 14, {
          fill: 'var(--ink)',
        }),
        ...rowMarks(row, y, box.x),
        textNode(shown(row.value, text), width, y + 4, {
          ...{ 'text-anchor': 'end', fill: 'var(--ink)' },
        }),
      ]
    }),
  ]
  const stops = rows.map((row, index): Stop => {
    const at = [box.x(row.value ?? 0), middle(index)] as const
    const item = { name: row.name, paint: row.paint, text: rowText(row, text) }
    const read = () => ({ head: '', items: [row.value === null ? item : { ...item, at }] })
    return { x: (box.left + box.right) / 2, y: at[1], line: index, read }
  })
  return { ...{ width, height, plot: box, nodes, stops }, isLabelled: true }
}

function rowMarks(
  { value, interval, paint }: IntervalRow,
  y: number,
  x: (value: number) => number,
): readonly SvgNode[] {
  if (value === null) return []
  const bar = (x1: number, y1: number, x2: number, y2: number): SvgNode => ({
    tag: 'line',
    attributes: { x1, y1, x2, y2, stroke: paint.colour, 'stroke-width': 2 },
  })
  const [low, high] = (interval ?? []).map((end) => Math.round(x(end) * 100) / 100)
  return [
    ...(low === undefined || high === undefined
      ? []
      : [bar(low, y, high, y), bar(low, y - 4, low, y + 4), bar(high, y - 4, high, y + 4)]),
    dotNode(x(value), y, paint, 6),
  ]
}

function rowText({ value, interval }: IntervalRow, text: (value: number) => string): string {
  if (value === null || interval === null) return shown(value, text)
  return `${text(value)}, 95 % interval ${text(interval[0])} to ${text(interval[1])}`
}

function shown(value: number | null, text: (value: number) => string): string {
  return value === null ? UNDEFINED_FIGURE : text(value)
}
