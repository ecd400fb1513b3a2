import { formatFixed, formatPercent, UNDEFINED_FIGURE } from '../core/format'
import { axisNodes } from './axis-nodes'
import type { Chart, Stop } from './chart'
import { dotNode } from './dot-node'
import { linePath } from './line-path'
import { markAttributes } from './mark-attributes'
import type { ModelPaint } from './model-paint'
import { padDomain } from './pad-domain'
import { plotBox, type PlotBox } from './plot-box'
import { referenceLine } from './reference-line'
import type { SvgNode } from './svg-node'

interface CostSeries {
  readonly name: string
  readonly paint: ModelPaint
  /** Shares of the notional, rising. */
  readonly fees: readonly number[]
  readonly totalReturns: readonly (number | null)[]
  readonly breakEvenFee: number | null
}

const HEIGHT = 320

/** Total return at other fees; dots where it is nothing. */
export function costChart(series: readonly CostSeries[], note: string): Chart {
  const title = 'Return against cost'
  const breakEven = ({ breakEvenFee }: CostSeries) =>
    breakEvenFee === null
      ? 'breaks even at no fee'
      : `breaks even at ${formatPercent(breakEvenFee, 4)}`
  return {
    ...{ title, note },
    key: series.map((one) => ({ name: one.name, paint: one.paint, figure: breakEven(one) })),
    marks: 'lines',
    description: `${title}, ${note}: ${series.map((one) => `${one.name} ${breakEven(one)}`).join('; ')}.`,
    draw: (width) => {
      const highest = Math.max(0, ...series.flatMap(({ fees }) => fees)) || 0.01
      const values = series.flatMap(({ totalReturns }) => totalReturns.map((value) => value ?? 0))
      const [low, high] = padDomain([0, ...values])
      const box = plotBox(
        { left: 0, right: width, top: 0, bottom: HEIGHT },
        { domain: [0, highest * 100], label: 'fee of every fill, %' },
        { domain: [low * 100, high * 100], label: 'total return, %' },
      )
      return {
        ...{ width, height: HEIGHT, plot: box, isLabelled: false },
        nodes: [
          ...axisNodes(box),
          referenceLine([box.left, box.y(0)], [box.right, box.y(0)]),
          ...series.flatMap((one) => costNodes(box, one, highest)),
        ],
        stops: feeStops(box, series),
      }
    },
    table: () => ({
      columns: [
        { label: 'Policy' },
        { label: 'Fee', text: (fee) => formatPercent(fee, 4) },
        { label: 'Total return', text: (value) => formatPercent(value, 2) },
      ],
      rows: series.flatMap(({ name, fees, totalReturns }) =>
        fees.map((fee, index) => [name, fee, totalReturns[index] ?? null]),
      ),
    }),
  }
}

function costNodes(box: PlotBox, series: CostSeries, highest: number): readonly SvgNode[] {
  const { fees, totalReturns, breakEvenFee, paint } = series
  const points = fees.flatMap((fee, index) => {
    const value = totalReturns[index] ?? null
    return value === null ? [] : [{ x: fee * 100, y: value * 100 }]
  })
  const d = linePath(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
    box.x,
    box.y,
  )
  const isShown = breakEvenFee !== null && breakEvenFee <= highest
  return [
    { tag: 'path', attributes: { d, ...markAttributes.line(paint) } },
    ...(isShown ? [dotNode(box.x(breakEvenFee * 100), box.y(0), paint)] : []),
  ]
}

function feeStops(box: PlotBox, series: readonly CostSeries[]): readonly Stop[] {
  const fees = [...new Set(series.flatMap((one) => one.fees))].toSorted((a, b) => a - b)
  return fees.map((fee): Stop => {
    const read = () => ({
      head: `fee ${formatPercent(fee, 4)}`,
      items: series.flatMap(({ name, paint, fees: own, totalReturns }) => {
        const index = own.indexOf(fee)
        if (index === -1) return []
        const value = totalReturns[index] ?? null
        if (value === null) return [{ name, paint, text: UNDEFINED_FIGURE }]
        const at = [box.x(fee * 100), box.y(value * 100)] as const
        return [{ name, paint, at, text: `${formatFixed(value * 100, 2)} %` }]
      }),
    })
    return { x: box.x(fee * 100), y: null, line: 0, read }
  })
}
