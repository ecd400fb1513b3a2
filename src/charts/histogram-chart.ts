import { formatCount, formatFixed, formatPercent } from '../core/format'
import { axisNodes } from './axis-nodes'
import type { Chart, Stop } from './chart'
import { markAttributes } from './mark-attributes'
import type { ModelPaint } from './model-paint'
import { plotBox, type PlotBox } from './plot-box'
import { REFERENCE_PAINT } from './reference-paint'
import { referenceLine } from './reference-line'
import type { SvgNode } from './svg-node'
import { tickText } from './tick-text'

export interface HistogramSide {
  readonly name: string
  /** Rows by bin. */
  readonly counts: readonly number[]
}

interface HistogramOptions {
  readonly title: string
  readonly note: string
  readonly paint: ModelPaint
  readonly xLabel: string
  /** Rising, one more than bins. */
  readonly edges: readonly number[]
  /** Drawn upwards from zero. */
  readonly up: HistogramSide
  /** Drawn downwards, in grey. */
  readonly down: HistogramSide | null
  /** Both are shared by histograms that are compared: the x axis, the tallest {@link barHeight}. */
  readonly xDomain: readonly [number, number]
  readonly highest: number
  /** A unit of x is too arbitrary to be read where all bins of all histograms are as wide. */
  readonly isPerUnit: boolean
}

/** Paler than any model. */
const REST_PAINT: ModelPaint = { ...REFERENCE_PAINT, pattern: 'striped' }

/** Share of a side's rows in a bin; per unit of x where bins of different width are compared. */
export function barHeight(
  counts: readonly number[],
  edges: readonly number[],
  bin: number,
  isPerUnit: boolean,
): number {
  const rows = counts.reduce((sum, count) => sum + count, 0)
  const width = (edges[bin + 1] ?? 0) - (edges[bin] ?? 0)
  if (rows === 0 || !(width > 0)) return 0
  return (counts[bin] ?? 0) / rows / (isPerUnit ? width : 1)
}

/** Bars over bins, of one side or of two that are mirrored at zero. */
export function histogramChart(options: HistogramOptions): Chart {
  const { title, note, edges, up, down, xLabel, highest, xDomain, isPerUnit } = options
  const unit = isPerUnit ? 'share of rows per unit' : 'share of rows'
  return {
    ...{ title, note },
    ...{ key: [], marks: 'areas' },
    description: describe(options),
    draw: (width) => {
      const height = down === null ? 220 : 260
      const heights = [down === null ? 0 : -highest, highest] as const
      const box = plotBox(
        { left: 0, right: width, top: 0, bottom: height },
        { domain: xDomain, label: xLabel },
        {
          domain: heights,
          label: unit,
          text: isPerUnit ? absolute(tickText([0, highest / 4])) : shareTick,
        },
      )
      return {
        ...{ width, height, plot: box, isLabelled: true },
        nodes: histogramNodes(box, options),
        stops: binStops(box, options),
      }
    },
    table: () => ({
      columns: [
        { label: `${xLabel}, from`, text: edgeText(edges) },
        { label: 'to', text: edgeText(edges) },
        ...[up, ...(down === null ? [] : [down])].map(({ name }) => ({
          label: `Rows, ${name}`,
          text: formatCount,
        })),
      ],
      rows: up.counts.map((count, bin) => [
        ...[edges[bin] ?? null, edges[bin + 1] ?? null, count],
        ...(down === null ? [] : [down.counts[bin] ?? null]),
      ]),
    }),
  }
}

function describe({ title, note, xLabel, up, down, edges }: HistogramOptions): string {
  const fullest = ({ name, counts }: HistogramSide) => {
    const bin = counts.indexOf(Math.max(...counts))
    const text = edgeText(edges)
    return `${name} mostly from ${text(edges[bin] ?? 0)} to ${text(edges[bin + 1] ?? 0)}`
  }
  const sides = [up, ...(down === null ? [] : [down])].map(fullest)
  return `Histogram of ${title}, ${note}. By ${xLabel}: ${sides.join('; ')}.`
}

function histogramNodes(box: PlotBox, options: HistogramOptions): readonly SvgNode[] {
  const { edges, up, down, paint, xDomain, isPerUnit } = options
  const bars = ({ counts }: HistogramSide, sign: 1 | -1, fill: ModelPaint) =>
    counts.flatMap((_, bin): SvgNode[] => {
      const left = box.x(edges[bin] ?? 0)
      const size = Math.abs(box.y(barHeight(counts, edges, bin, isPerUnit)) - box.y(0))
      if (size === 0) return []
      const attributes = {
        x: Math.round((left + 0.5) * 100) / 100,
        y: Math.round((sign === 1 ? box.y(0) - size : box.y(0)) * 100) / 100,
        width: Math.max(0.5, Math.round((box.x(edges[bin + 1] ?? 0) - left - 1) * 100) / 100),
        // A single row among many is still seen.
        height: Math.max(1, Math.round(size * 100) / 100),
      }
      return [{ tag: 'rect', attributes: { ...attributes, ...markAttributes.area(fill) } }]
    })
  const hasZero = down === null && xDomain[0] < 0 && xDomain[1] > 0
  return [
    ...axisNodes(box),
    ...bars(up, 1, paint),
    ...(down === null ? [] : bars(down, -1, REST_PAINT)),
    referenceLine([box.left, box.y(0)], [box.right, box.y(0)]),
    ...(hasZero ? [referenceLine([box.x(0), box.top], [box.x(0), box.bottom])] : []),
  ]
}

function binStops(box: PlotBox, { edges, up, down, paint }: HistogramOptions): readonly Stop[] {
  const text = edgeText(edges)
  const of = ({ counts }: HistogramSide, bin: number) => {
    const rows = counts.reduce((sum, count) => sum + count, 0)
    const count = counts[bin] ?? 0
    return `${formatCount(count)} of ${formatCount(rows)}, ${formatPercent(count / Math.max(1, rows))}`
  }
  return up.counts.map((_, bin): Stop => {
    const [low, high] = [edges[bin] ?? 0, edges[bin + 1] ?? 0]
    const read = () => ({
      head: `${text(low)} to ${text(high)}`,
      items: [
        { name: up.name, paint, text: of(up, bin) },
        ...(down === null
          ? []
          : [{ name: down.name, paint: REFERENCE_PAINT, text: of(down, bin) }]),
      ],
    })
    return { x: box.x((low + high) / 2), y: null, line: 0, read }
  })
}

function edgeText(edges: readonly number[]): (value: number) => string {
  const width = (edges.at(-1) ?? 1) - (edges[0] ?? 0)
  const decimals = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(width || 1))))
  return (value) => formatFixed(value, decimals)
}

/** Downwards is no less than nothing. */
function absolute(text: (tick: number) => string): (tick: number) => string {
  return (tick) => text(Math.abs(tick))
}

function shareTick(tick: number): string {
  const share = Math.abs(tick)
  return formatPercent(share, share > 0 && share < 0.01 ? 1 : 0)
}
