import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale'
import type { Edges } from './chart'
import { textWidth } from './text-width'
import { tickText } from './tick-text'
import type { Tick } from './time-ticks'

export interface Axis {
  readonly domain: readonly [number, number]
  readonly label: string
  /** Ticks are written by this; without, with as few decimals as tell them apart. */
  readonly text?: (tick: number) => string
  readonly isLog?: boolean
  /** Instead of round numbers; about so many have room. */
  readonly ticks?: (count: number) => readonly Tick[]
  /** No labels and lines: the marks carry their names. */
  readonly isBare?: boolean
}

export interface PlotBox extends Edges {
  readonly x: PlotScale
  readonly y: PlotScale
}

export interface PlotScale {
  (value: number): number
  readonly label: string
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}

/** Pixels between ticks: texts keep apart. */
const APART = { x: 80, y: 56 }

/**
 * Scales for data within `room`; y grows upwards. The labels of the axes take their own room: the
 * name of y stands above the plot, that of x and the ticks below.
 */
export function plotBox(room: Edges, x: Axis, y: Axis): PlotBox {
  const top = room.top + (y.label === '' ? 8 : 26)
  const bottom = room.bottom - (x.isBare === true ? 4 : x.label === '' ? 24 : 42)
  const yScale = plotScale(y, [bottom, top], APART.y)
  const widest = Math.max(0, ...yScale.ticks.map(({ text }) => textWidth(text)))
  const left = room.left + (y.isBare === true ? 0 : Math.ceil(widest) + 10)
  // Half of the last tick hangs over.
  const right = room.right - (x.isBare === true ? 0 : 14)
  return { left, right, top, bottom, x: plotScale(x, [left, right], APART.x), y: yScale }
}

function plotScale(axis: Axis, range: readonly [number, number], apart: number): PlotScale {
  const scale = (axis.isLog === true ? scaleLog() : scaleLinear()).domain(axis.domain).range(range)
  const wanted = Math.max(2, Math.floor(Math.abs(range[1] - range[0]) / apart))
  const numbers = (): readonly Tick[] => {
    const values = ticksOf(scale, wanted, axis.isLog === true)
    const text = axis.text ?? tickText(values)
    return values.map((value) => ({ value, label: text(value) }))
  }
  const ticks = axis.isBare === true ? [] : (axis.ticks?.(wanted) ?? numbers())
  return Object.assign((value: number) => scale(value), {
    label: axis.label,
    ticks: ticks.map(({ value, label }) => ({ at: scale(value), text: label })),
  })
}

/** A logarithmic scale offers every step of every power: whole powers, or every n-th. */
function ticksOf(
  scale: ScaleContinuousNumeric<number, number>,
  wanted: number,
  isLog: boolean,
): readonly number[] {
  if (!isLog) return scale.ticks(wanted)
  const all = scale.ticks()
  const leading = (digits: readonly number[]) =>
    all.filter((tick) =>
      digits.includes(Math.round(tick / 10 ** Math.floor(Math.log10(tick) + 1e-9))),
    )
  return [[1, 2, 5], [1, 3], [1]].map(leading).find((few) => few.length <= wanted) ?? leading([1])
}
