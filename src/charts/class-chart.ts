import { formatCount, formatFixed, UNDEFINED_FIGURE } from '../core/format'
import type { ClassLabel } from '../core/task'
import { axisNodes } from './axis-nodes'
import type { Chart, Drawing, Stop } from './chart'
import { dodge } from './dodge'
import { dotNode } from './dot-node'
import { markAttributes } from './mark-attributes'
import type { ModelPaint } from './model-paint'
import { plotBox, type PlotBox } from './plot-box'
import type { SvgNode } from './svg-node'
import { textNode } from './text-node'
import { fitText, textWidth } from './text-width'

interface ClassOptions {
  readonly title: string
  readonly note: string
  readonly measure: string
  readonly classes: readonly { readonly label: ClassLabel; readonly support: number }[]
  readonly series: readonly {
    readonly name: string
    readonly paint: ModelPaint
    /** One per class, 0 to 1; null where undefined. */
    readonly values: readonly (number | null)[]
  }[]
}

/** More bars than these for one class are harder to compare than dots on a line. */
const BARS = 4
const BAR = 11
const GAP = 14
const DOT_ROW = 34
/** Dots of nearly equal figures stand beside each other. */
const LANE = { gap: 9, height: 7, most: 5 }
const LABELS = { share: 0.3, most: 200 }

/** One share by class: bars from zero for a few models, dots on one line for many. */
export function classChart(options: ClassOptions): Chart {
  const { title, note, classes, series, measure } = options
  const lowest = (values: readonly (number | null)[]) => {
    const found = values.filter((value) => value !== null)
    const index = values.indexOf(Math.min(...found))
    return found.length === 0
      ? UNDEFINED_FIGURE
      : `lowest ${share(values[index] ?? null)} for ${classes[index]?.label ?? ''}`
  }
  return {
    ...{ title, note },
    key: series.map(({ name, paint }) => ({ name, paint })),
    marks: series.length <= BARS ? 'areas' : 'dots',
    description: `${title}, ${note}: ${series.map(({ name, values }) => `${name} ${lowest(values)}`).join('; ')}.`,
    draw: (width) => draw(width, options),
    table: () => ({
      columns: [
        { label: 'Class' },
        { label: 'Rows', text: formatCount },
        ...series.map(({ name }) => ({ label: `${measure}, ${name}`, text: share })),
      ],
      rows: classes.map(({ label, support }, index) => [
        ...[label, support],
        ...series.map(({ values }) => values[index] ?? null),
      ]),
    }),
  }
}

function draw(width: number, { classes, series, measure }: ClassOptions): Drawing {
  const hasBars = series.length <= BARS
  const values = series.flatMap((one) => one.values.filter((value) => value !== null))
  // Bars are read by their length, so that they begin at zero; dots by their place.
  const low = hasBars ? 0 : Math.max(0, Math.floor(Math.min(1, ...values) * 20 - 0.5) / 20)
  const longest = Math.max(0, ...classes.map(({ label }) => textWidth(label)))
  const left = Math.min(longest, LABELS.most, width * LABELS.share) + 10
  const rowHeight = hasBars ? series.length * BAR + GAP : DOT_ROW
  const height = classes.length * rowHeight + 50
  const box = plotBox(
    { left, right: width, top: 0, bottom: height },
    { domain: [low, 1], label: measure },
    { domain: [0, 1], label: '', isBare: true },
  )
  const middle = (index: number) => box.top + rowHeight * (index + 0.5)
  const lanes = classes.map((_, index) =>
    dodge(
      series.map((one) => box.x(one.values[index] ?? -1)),
      LANE.gap,
      LANE.most,
    ),
  )
  const placeOf = (index: number, model: number) =>
    middle(index) +
    (hasBars ? (model - (series.length - 1) / 2) * BAR : (lanes[index]?.[model] ?? 0) * LANE.height)
  const mark = (value: number, y: number, paint: ModelPaint): SvgNode =>
    hasBars
      ? {
          tag: 'rect',
          attributes: {
            ...{ x: box.left, y: y - BAR / 2 + 0.5, height: BAR - 1 },
            width: Math.max(1, Math.round((box.x(value) - box.left) * 100) / 100),
            ...markAttributes.area(paint),
          },
        }
      : dotNode(box.x(value), y, paint, 4)
  const nodes: SvgNode[] = [
    ...axisNodes(box),
    ...classes.map(({ label }, index) =>
      textNode(fitText(label, left - 10), left - 8, middle(index) + 4, {
        ...{ 'text-anchor': 'end', fill: 'var(--ink)' },
      }),
    ),
    ...series.flatMap(({ paint, values: own }, model) =>
      own.flatMap((value, index) =>
        value === null ? [] : [mark(value, placeOf(index, model), paint)],
      ),
    ),
  ]
  const stops = classStops({ classes, series, measure }, box, middle, placeOf)
  return { ...{ width, height, plot: box, nodes, stops }, isLabelled: false }
}

/** All models of a class at once; dots from the best to the worst, bars as they stand. */
function classStops(
  { classes, series, measure }: Pick<ClassOptions, 'classes' | 'series' | 'measure'>,
  box: PlotBox,
  middle: (index: number) => number,
  placeOf: (index: number, model: number) => number,
): readonly Stop[] {
  return classes.map(({ label, support }, index): Stop => {
    const read = () => ({
      head: `${label}, ${formatCount(support)} rows`,
      items: series
        .map(({ name, paint, values }, model) => {
          const value = values[index] ?? null
          const item = { name, paint, text: `${measure} ${share(value)}` }
          return value === null
            ? { item, value: -1 }
            : { item: { ...item, at: [box.x(value), placeOf(index, model)] as const }, value }
        })
        .toSorted((a, b) => (series.length <= BARS ? 0 : b.value - a.value))
        .map(({ item }) => item),
    })
    return { x: (box.left + box.right) / 2, y: middle(index), line: index, read }
  })
}

function share(value: number | null): string {
  return value === null ? UNDEFINED_FIGURE : formatFixed(value, 3)
}
