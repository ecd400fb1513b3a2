import { formatCount, formatSignificant } from '../core/format'
import { axisNodes } from './axis-nodes'
import type { Chart, Stop } from './chart'
import type { ModelPaint } from './model-paint'
import { plotBox, type PlotBox } from './plot-box'
import { referenceLine } from './reference-line'
import type { SvgNode } from './svg-node'

interface AgreementOptions {
  readonly title: string
  readonly paint: ModelPaint
  readonly truth: readonly number[]
  readonly predicted: readonly number[]
  /** Of both axes, shared by the charts that are compared. */
  readonly domain: readonly [number, number]
  /** Of which the drawn ones are a sample. */
  readonly rows: number
}

const DIGITS = 4
const HEIGHT = { least: 260, most: 400 }

/** Predicted against true values; on the dotted line both are equal. */
export function agreementChart(options: AgreementOptions): Chart {
  const { title, truth, predicted, domain, rows } = options
  const note =
    truth.length < rows
      ? `${formatCount(truth.length)} of n = ${formatCount(rows)} rows`
      : `n = ${formatCount(rows)}`
  return {
    ...{ title, note },
    ...{ key: [], marks: 'dots' },
    description: `Predicted against true values of ${title}, ${note}.`,
    draw: (width) => {
      const height = Math.min(HEIGHT.most, Math.max(HEIGHT.least, Math.round(width * 0.85)))
      const room = { left: 0, right: width, top: 0, bottom: height }
      const box = plotBox(room, { domain, label: 'true' }, { domain, label: 'predicted' })
      return {
        ...{ width, height, plot: box, isLabelled: true },
        nodes: [
          ...axisNodes(box),
          referenceLine(
            [box.x(domain[0]), box.y(domain[0])],
            [box.x(domain[1]), box.y(domain[1])],
            true,
          ),
          dots(box, options),
        ],
        stops: rowStops(box, options),
      }
    },
    table: () => ({
      columns: [
        { label: 'Row of the sample', text: formatCount },
        { label: 'True', text: value },
        { label: 'Predicted', text: value },
        { label: 'Predicted minus true', text: value },
      ],
      rows: truth.map((at, index) => {
        const answer = predicted[index] ?? null
        return [index + 1, at, answer, answer === null ? null : answer - at]
      }),
    }),
  }
}

/** One path for all: round caps make a dot of a line without length. */
function dots(box: PlotBox, { truth, predicted, paint }: AgreementOptions): SvgNode {
  const d = truth
    .map((at, index) => `M${box.x(at).toFixed(1)} ${box.y(predicted[index] ?? 0).toFixed(1)}h0`)
    .join('')
  return {
    tag: 'path',
    attributes: {
      ...{ d, fill: 'none', stroke: paint.colour, 'stroke-linecap': 'round' },
      ...{ 'stroke-width': 4, 'stroke-opacity': 0.55 },
    },
  }
}

/** In the order of the true values, so that the arrow keys walk from left to right. */
function rowStops(box: PlotBox, { truth, predicted, paint }: AgreementOptions): readonly Stop[] {
  return truth
    .map((at, index) => ({ at, answer: predicted[index] ?? 0 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, answer }): Stop => {
      const mark = [box.x(at), box.y(answer)] as const
      const read = () => ({
        head: `true ${value(at)}`,
        items: [
          { name: 'predicted', text: value(answer), paint, at: mark },
          { name: 'difference', text: value(answer - at) },
        ],
      })
      return { x: mark[0], y: mark[1], line: 0, read }
    })
}

function value(number: number): string {
  return formatSignificant(number, DIGITS)
}
