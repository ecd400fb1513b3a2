import { formatCount, formatFixed, formatPercent } from '../core/format'
import type { EquityCurve } from '../core/report'
import { timeFormat } from '../core/time-text'
import { axisNodes } from './axis-nodes'
import type { Chart, Drawing, Reading, Stop } from './chart'
import { curveAt } from './curve-at'
import { linePath } from './line-path'
import { markAttributes } from './mark-attributes'
import type { ModelPaint } from './model-paint'
import { padDomain } from './pad-domain'
import { plotBox, type Axis, type PlotBox } from './plot-box'
import { REFERENCE_PAINT } from './reference-paint'
import { spreadLabels } from './spread-labels'
import type { SvgNode } from './svg-node'
import { textNode } from './text-node'
import { fitText } from './text-width'
import { timeTicks } from './time-ticks'

interface EquityLine {
  readonly name: string
  readonly paint: ModelPaint
  readonly curve: EquityCurve
}

interface EquityOptions {
  readonly note: string
  readonly series: readonly EquityLine[]
  /** Drawn behind the models; null where there is none. */
  readonly reference: { readonly name: string; readonly curve: EquityCurve } | null
}

const HEIGHT = { equity: 300, drawdown: 170, narrow: 240 }
/** Room for names at the ends of the lines. */
const LABELS = 180
const LINE = 16
/** Narrower drawings name their lines in the key. */
const WIDE = 720
/** More names than these would cover each other. */
const MOST_LABELS = 12

/** Equity over the bars, and below it the loss from the highest equity so far. */
export function equityChart({ note, series, reference }: EquityOptions): Chart {
  const lines: readonly EquityLine[] = [
    ...(reference === null ? [] : [{ ...reference, paint: REFERENCE_PAINT }]),
    ...series,
  ]
  const across = axisAcross(lines)
  const range = across.domain.map(across.place).join(' to ')
  const ends = lines.map(
    ({ name, curve }) =>
      `${name} ends at ${formatFixed(curve.equity.at(-1) ?? 0, 0)}, drawdown ${formatPercent(lowest(curve.drawdown), 2)} at most`,
  )
  return {
    title: 'Equity and drawdown',
    // Ticks of time leave out the year.
    note: across.isTimed ? `${note}; ${range}` : note,
    key: lines.map(({ name, paint }) => ({ name, paint })),
    marks: 'lines',
    description: `Equity over ${across.isTimed ? '' : 'rows '}${range}. ${ends.join('; ')}.`,
    draw: (width) => draw(width, lines, across),
    table: () => ({
      columns: [
        { label: 'Policy' },
        { label: 'Row', text: formatCount },
        ...(across.isTimed ? [{ label: 'Time (UTC)' }] : []),
        { label: 'Equity', text: (value) => formatFixed(value, 2) },
        { label: 'Drawdown', text: (value) => formatPercent(value, 2) },
      ],
      rows: lines.flatMap(({ name, curve }) =>
        curve.rows.map((row, index) => [
          ...[name, row],
          ...(across.isTimed ? [across.place(curve.times?.[index] ?? 0)] : []),
          curve.equity[index] ?? null,
          curve.drawdown[index] ?? null,
        ]),
      ),
    }),
  }
}

/** Bars stand at their times where the data has them, so that nights and weekends show. */
interface Across extends Axis {
  readonly isTimed: boolean
  readonly of: (curve: EquityCurve) => readonly number[]
  readonly place: (bar: number) => string
}

function axisAcross(lines: readonly EquityLine[]): Across {
  const isTimed = lines.every(({ curve }) => curve.times !== null)
  const of = ({ rows, times }: EquityCurve) => (isTimed ? (times ?? rows) : rows)
  const domain = extent(lines.map(({ curve }) => of(curve)))
  if (!isTimed) {
    return {
      ...{ domain, isTimed, of, place: formatCount, text: formatCount },
      label: 'row of the data',
    }
  }
  return {
    ...{ domain, isTimed, of, label: 'time (UTC)' },
    place: timeFormat(lines.flatMap(({ curve }) => of(curve))),
    ticks: (count) => timeTicks(...domain, count),
  }
}

function draw(width: number, lines: readonly EquityLine[], across: Across): Drawing {
  const isLabelled = width >= WIDE && lines.length <= MOST_LABELS
  const right = width - (isLabelled ? LABELS : 0)
  const split = width >= WIDE ? HEIGHT.equity : HEIGHT.narrow
  const height = split + HEIGHT.drawdown
  const equities = padDomain(extent(lines.map(({ curve }) => curve.equity)))
  const deepest = Math.min(-0.001, ...lines.map(({ curve }) => lowest(curve.drawdown) * 100))
  const x = across
  // Both panels leave the same room at the left, so that rows stand under rows.
  const inset = Math.max(
    plotBox({ left: 0, right, top: 0, bottom: split }, x, { domain: equities, label: 'e' }).left,
    plotBox({ left: 0, right, top: 0, bottom: 150 }, x, { domain: [deepest, 0], label: 'e' }).left,
  )
  const panel = (top: number, bottom: number, domain: readonly [number, number], label: string) => {
    const axes = [top === 0 ? { ...x, label: '' } : x, { domain, label }] as const
    const natural = plotBox({ left: 0, right, top, bottom }, ...axes)
    return plotBox({ left: inset - natural.left, right, top, bottom }, ...axes)
  }
  const equity = panel(0, split, equities, 'equity')
  const drawdown = panel(split, height, [deepest, 0], 'drawdown, %')
  const curves = (box: PlotBox, values: (curve: EquityCurve) => readonly number[]) =>
    lines.map(({ paint, curve }): SvgNode => ({
      tag: 'path',
      attributes: {
        d: linePath(across.of(curve), values(curve), box.x, box.y),
        ...markAttributes.line(paint),
        'stroke-width': box === equity ? 2 : 1.5,
      },
    }))
  return {
    ...{ width, height, isLabelled },
    plot: { ...equity, bottom: drawdown.bottom },
    nodes: [
      ...axisNodes(equity),
      ...curves(equity, (curve) => curve.equity),
      ...axisNodes(drawdown),
      ...curves(drawdown, (curve) => curve.drawdown.map((loss) => loss * 100)),
      ...(isLabelled ? endLabels(equity, lines) : []),
    ],
    stops: barStops(lines, across, equity, drawdown),
  }
}

function endLabels({ y, right, top, bottom }: PlotBox, lines: readonly EquityLine[]): SvgNode[] {
  const wanted = lines.map(({ curve }) => y(curve.equity.at(-1) ?? 0))
  const places = spreadLabels(wanted, LINE, [top, bottom])
  return lines.flatMap(({ name, paint }, index): SvgNode[] => {
    const at = places[index] ?? 0
    const from = right + 14
    return [
      { tag: 'circle', attributes: { cx: from, cy: at, r: 4, fill: paint.colour } },
      textNode(fitText(name, LABELS - 30), from + 9, at + 4, { fill: 'var(--ink)' }),
    ]
  })
}

/** Every bar that any curve has a mark at. */
function barStops(
  lines: readonly EquityLine[],
  { of, place, isTimed }: Across,
  equity: PlotBox,
  drawdown: PlotBox,
): readonly Stop[] {
  const bars = new Set(lines.flatMap(({ curve }) => of(curve)))
  return [...bars]
    .toSorted((a, b) => a - b)
    .map((bar): Stop => {
      const read = (): Reading => ({
        head: isTimed ? place(bar) : `row ${place(bar)}`,
        items: lines
          .map(({ name, paint, curve }) => {
            const index = Math.max(0, curveAt(of(curve), bar))
            const [value, loss] = [curve.equity[index] ?? 0, curve.drawdown[index] ?? 0]
            return {
              name,
              paint,
              value,
              text: `${formatFixed(value, 0)}, ${formatPercent(loss, 2)}`,
            }
          })
          .toSorted((a, b) => b.value - a.value)
          .map(({ value, ...item }) => ({
            ...item,
            at: [equity.x(bar), equity.y(value)] as const,
          })),
      })
      return { x: drawdown.x(bar), y: null, line: 0, read }
    })
}

function extent(columns: readonly (readonly number[])[]): readonly [number, number] {
  const low = Math.min(...columns.map(lowest))
  const high = Math.max(...columns.map((column) => -lowest(column.map((value) => -value))))
  return low <= high ? [low, high] : [0, 1]
}

function lowest(column: readonly number[]): number {
  return column.reduce((low, value) => Math.min(low, value), Infinity)
}
