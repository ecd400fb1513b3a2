import { formatFixed, UNDEFINED_FIGURE } from '../core/format'
import { axisNodes } from './axis-nodes'
import type { Chart, Reading, Stop } from './chart'
import { curveAt } from './curve-at'
import { dotNode } from './dot-node'
import { linePath } from './line-path'
import { markAttributes } from './mark-attributes'
import type { ModelPaint } from './model-paint'
import { plotBox, type PlotBox } from './plot-box'
import { referenceLine } from './reference-line'

export interface CurveSeries {
  readonly name: string
  readonly paint: ModelPaint
  /** Ascending, 0 to 1. */
  readonly x: readonly number[]
  /** 0 to 1. */
  readonly y: readonly number[]
  /** The area under the curve; absent where there is none to tell. */
  readonly area?: number | null
}

interface CurveOptions {
  readonly title: string
  readonly note: string
  readonly xLabel: string
  readonly yLabel: string
  readonly series: readonly CurveSeries[]
  readonly hasDiagonal: boolean
  /** Points that were measured, joined to be seen together; without, whole curves. */
  readonly hasPoints: boolean
}

/** Steps of the arrow keys along x. */
const STEPS = 100
const HEIGHT = { least: 260, most: 420 }

/** Curves within the unit square: ROC, precision and recall, calibration. */
export function curveChart(options: CurveOptions): Chart {
  const { title, note, xLabel, yLabel, series, hasPoints } = options
  const figure = ({ area }: CurveSeries) =>
    area === undefined ? {} : { figure: area === null ? UNDEFINED_FIGURE : formatFixed(area, 3) }
  const key = series.map((one) => ({ name: one.name, paint: one.paint, ...figure(one) }))
  const listed = key.map(({ name, figure: text }) =>
    text === undefined ? name : `${name} ${text}`,
  )
  return {
    ...{ title, note, key, marks: 'lines' },
    description: `${title}, ${note}. ${yLabel} over ${xLabel}: ${listed.join('; ')}.`,
    draw: (width) => {
      const height = Math.min(HEIGHT.most, Math.max(HEIGHT.least, Math.round(width * 0.85)))
      const box = plotBox(
        { left: 0, right: width, top: 0, bottom: height },
        { domain: [0, 1], label: xLabel },
        { domain: [0, 1], label: yLabel },
      )
      return {
        ...{ width, height, plot: box, isLabelled: false, nodes: curveNodes(box, options) },
        stops: hasPoints ? pointStops(box, options) : curveStops(box, options),
      }
    },
    table: () => ({
      columns: [{ label: 'Model' }, { label: xLabel, text: share }, { label: yLabel, text: share }],
      rows: series.flatMap(({ name, x, y }) => x.map((at, index) => [name, at, y[index] ?? null])),
    }),
  }
}

function curveNodes(box: PlotBox, { series, hasDiagonal, hasPoints }: CurveOptions) {
  return [
    ...axisNodes(box),
    ...(hasDiagonal ? [referenceLine([box.x(0), box.y(0)], [box.x(1), box.y(1)], true)] : []),
    ...series.map(({ x, y, paint }) => ({
      tag: 'path' as const,
      attributes: { d: linePath(x, y, box.x, box.y), ...markAttributes.line(paint) },
    })),
    ...(hasPoints
      ? series.flatMap(({ x, y, paint }) =>
          x.map((at, index) => dotNode(box.x(at), box.y(y[index] ?? 0), paint, 3.5)),
        )
      : []),
  ]
}

/** Every model at one x, read off the drawn lines. */
function curveStops(box: PlotBox, { series, xLabel, yLabel }: CurveOptions): readonly Stop[] {
  return Array.from({ length: STEPS + 1 }, (_, step): Stop => {
    const x = step / STEPS
    const read = (): Reading => ({
      head: `${xLabel} ${formatFixed(x, 2)}`,
      items: series
        .map(({ name, paint, x: xs, y: ys }) => ({ name, paint, y: heightAt(xs, ys, x) }))
        .toSorted((a, b) => b.y - a.y)
        .map(({ name, paint, y }) => ({
          ...{ name, paint, at: [box.x(x), box.y(y)] as const },
          text: `${yLabel} ${share(y)}`,
        })),
    })
    return { x: box.x(x), y: null, line: 0, read }
  })
}

function pointStops(box: PlotBox, { series, xLabel, yLabel }: CurveOptions): readonly Stop[] {
  return series.flatMap(({ name, paint, x, y }, line) =>
    x.map((value, index): Stop => {
      const at = [box.x(value), box.y(y[index] ?? 0)] as const
      const text = `${yLabel} ${share(y[index] ?? 0)}`
      const head = `${xLabel} ${share(value)}`
      return {
        x: at[0],
        y: at[1],
        line,
        read: () => ({ head, items: [{ name, paint, text, at }] }),
      }
    }),
  )
}

/** Height of the drawn line; the last of several points at one x. */
function heightAt(xs: readonly number[], ys: readonly number[], x: number): number {
  const before = curveAt(xs, x)
  const [low, high] = [xs[before] ?? 0, xs[before + 1]]
  const from = ys[Math.max(0, before)] ?? 0
  if (before < 0 || high === undefined || high === low) return from
  return from + (((ys[before + 1] ?? 0) - from) * (x - low)) / (high - low)
}

function share(value: number): string {
  return formatFixed(value, 3)
}
