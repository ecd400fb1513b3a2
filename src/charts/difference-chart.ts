import { formatCount, formatDistance, formatPercent } from '../core/format'
import type { DifferenceHistogram } from '../core/report'
import { axisNodes } from './axis-nodes'
import type { Chart, Stop } from './chart'
import { markAttributes } from './mark-attributes'
import type { ModelPaint } from './model-paint'
import { plotBox, type PlotBox } from './plot-box'
import { referenceLine } from './reference-line'
import type { SvgNode } from './svg-node'
import type { Tick } from './time-ticks'

export interface DifferenceOptions {
  readonly title: string
  readonly note: string
  readonly paint: ModelPaint
  readonly differences: DifferenceHistogram
  /** Lowest and highest edge of all histograms that are compared: powers and half powers of ten. */
  readonly domain: readonly [number, number]
  /** Share of rows of the tallest bar of all of them. */
  readonly highest: number
}

interface Bar {
  /** In bins from the left: no difference, then bins of half a power of ten, then NaN. */
  readonly place: number
  readonly text: string
  readonly rows: number
}

const HEIGHT = 220
/** Half powers of ten between two edges, as the histogram bins them. */
const PER_DECADE = 2

/** Rows by their largest difference on a logarithmic scale; rows without any stand at the left. */
export function differenceChart(options: DifferenceOptions): Chart {
  const { title, note, domain, highest, paint } = options
  const places = placesOf(options)
  const bars = barsOf(options, places)
  const rows = bars.reduce((sum, bar) => sum + bar.rows, 0)
  const share = (bar: Bar) => (rows === 0 ? 0 : bar.rows / rows)
  return {
    ...{ title, note, key: [], marks: 'areas' },
    description: describe(options, bars),
    draw: (width) => {
      const box = plotBox(
        { left: 0, right: width, top: 0, bottom: HEIGHT },
        {
          domain: [0, places.end],
          label: 'largest difference in the row',
          ticks: (wanted) => ticksOf(places, domain, wanted),
        },
        {
          domain: [0, highest],
          label: 'share of rows',
          text: (tick) => formatPercent(tick, tick > 0 && tick < 0.01 ? 1 : 0),
        },
      )
      return {
        ...{ width, height: HEIGHT, plot: box, isLabelled: true },
        nodes: [
          ...axisNodes(box),
          ...bars.flatMap((bar) => barNode(box, bar, share(bar), paint)),
          referenceLine([box.left, box.y(0)], [box.right, box.y(0)]),
        ],
        stops: bars.map((bar) => stopOf(box, bar, rows, options)),
      }
    },
    table: () => ({
      columns: [{ label: 'Largest difference in the row' }, { label: 'Rows', text: formatCount }],
      rows: bars.map((bar) => [bar.text, bar.rows]),
    }),
  }
}

interface Places {
  /** Of the first bin with a difference; bin 0 is without any, bin 1 a gap. */
  readonly first: number
  /** Of the bar for NaN against a number; null where there is none. */
  readonly unsized: number | null
  readonly end: number
}

const FIRST = 2

function placesOf({ differences, domain }: DifferenceOptions): Places {
  const bins = Math.round(PER_DECADE * Math.log10(domain[1] / domain[0]))
  const end = FIRST + Math.max(1, bins)
  if (differences.unsized === 0) return { first: FIRST, unsized: null, end }
  return { first: FIRST, unsized: end + 1, end: end + 2 }
}

function barsOf({ differences, domain }: DifferenceOptions, places: Places): readonly Bar[] {
  const { edges, counts, identical, unsized } = differences
  const shift = Math.round(PER_DECADE * Math.log10((edges[0] ?? domain[0]) / domain[0]))
  return [
    { place: 0, text: 'none', rows: identical },
    ...counts.map((rows, bin) => ({
      place: places.first + shift + bin,
      text: `${formatDistance(edges[bin] ?? 0)} to ${formatDistance(edges[bin + 1] ?? 0)}`,
      rows,
    })),
    ...(places.unsized === null
      ? []
      : [{ place: places.unsized, text: 'NaN or infinity on one side', rows: unsized }]),
  ]
}

/** Whole powers of ten, or every n-th; what stands apart is named. */
function ticksOf(
  places: Places,
  domain: readonly [number, number],
  wanted: number,
): readonly Tick[] {
  const low = Math.log10(domain[0])
  const decades = Math.max(1, Math.round(Math.log10(domain[1]) - low))
  // Powers of ten are short: one more has room.
  const step = Math.max(1, Math.ceil(decades / (wanted + 1)))
  const first = Math.ceil(low - 1e-9)
  const powers = Array.from({ length: decades + 1 }, (_, decade) => first + decade)
    .filter((power) => power % step === 0 && power <= Math.log10(domain[1]) + 1e-9)
    .map((power) => ({
      value: places.first + PER_DECADE * (power - low),
      label: powerText(power),
    }))
  return [
    { value: 0.5, label: 'none' },
    ...powers,
    ...(places.unsized === null ? [] : [{ value: places.unsized + 0.5, label: 'NaN' }]),
  ]
}

/** `0.001`, `1`, `1e−7`. */
function powerText(power: number): string {
  const text = `1e${String(power)}`
  return (Math.abs(power) > 4 ? text : String(Number(text))).replace('-', '\u2212')
}

function barNode(box: PlotBox, bar: Bar, share: number, paint: ModelPaint): readonly SvgNode[] {
  if (bar.rows === 0) return []
  const round = (length: number) => Math.round(length * 100) / 100
  const left = box.x(bar.place)
  // A single row among many is still seen.
  const size = Math.max(1, box.y(0) - box.y(share))
  const attributes = {
    x: round(left + 0.5),
    y: round(box.y(0) - size),
    width: Math.max(0.5, round(box.x(bar.place + 1) - left - 1)),
    height: round(size),
  }
  return [{ tag: 'rect', attributes: { ...attributes, ...markAttributes.area(paint) } }]
}

function stopOf(box: PlotBox, bar: Bar, rows: number, { title, paint }: DifferenceOptions): Stop {
  const share = formatPercent(bar.rows / Math.max(1, rows))
  const text = `${formatCount(bar.rows)} of ${formatCount(rows)}, ${share}`
  const head = bar.place === 0 ? 'no difference' : bar.text
  const read = () => ({ head, items: [{ name: title, paint, text }] })
  return { x: box.x(bar.place + 0.5), y: null, line: 0, read }
}

function describe({ title, note }: DifferenceOptions, bars: readonly Bar[]): string {
  const [most] = bars.toSorted((one, other) => other.rows - one.rows)
  const last = bars.findLast(({ rows }) => rows > 0)
  return `Histogram of the largest difference in each row of ${title}, ${note}: most often ${most?.text ?? 'none'}, at most ${last?.text ?? 'none'}.`
}
