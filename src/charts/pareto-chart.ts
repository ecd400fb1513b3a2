import { formatRate, formatSignificant } from '../core/format'
import type { Direction } from '../core/metric'
import { axisNodes } from './axis-nodes'
import type { Chart, Drawing, Stop } from './chart'
import { dotNode } from './dot-node'
import { linePath } from './line-path'
import type { ModelPaint } from './model-paint'
import { padDomain } from './pad-domain'
import { paretoFront } from './pareto-front'
import { placeLabels } from './place-labels'
import { plotBox, type PlotBox } from './plot-box'
import type { SvgNode } from './svg-node'
import { textNode } from './text-node'

interface ParetoModel {
  readonly name: string
  readonly paint: ModelPaint
  /** Rows per second. */
  readonly rate: number
  readonly value: number
}

interface ParetoOptions {
  readonly title: string
  readonly note: string
  readonly metric: string
  readonly direction: Direction
  readonly models: readonly ParetoModel[]
  readonly text: (value: number) => string
}

/** Rates this far apart are compared as ratios. */
const LOG_FROM = 8
const HEIGHT = { least: 280, most: 440 }

/** Quality against speed; the line joins the models that no other one beats in both. */
export function paretoChart(options: ParetoOptions): Chart {
  const { title, note, metric, direction, models, text } = options
  const front = paretoFront(models, direction)
  const isOnFront = (index: number) => front.includes(index)
  const named = front.map((index) => models[index]?.name ?? '').join(', ')
  return {
    ...{ title, note },
    key: models.map(({ name, paint }) => ({ name, paint })),
    marks: 'dots',
    description:
      `${title}, ${note}: ${models.map((one) => `${one.name} ${text(one.value)} at ${formatRate(one.rate)}`).join('; ')}. ` +
      `No other model is both faster and better than: ${named}.`,
    draw: (width) => draw(width, options, front),
    table: () => ({
      columns: [
        { label: 'Model' },
        { label: 'Rows per second', text: (rate) => formatSignificant(rate, 3) },
        { label: metric, text },
        { label: 'On the frontier' },
      ],
      rows: models.map(({ name, rate, value }, index) => [
        ...[name, rate, value],
        isOnFront(index) ? 'yes' : 'no',
      ]),
    }),
  }
}

function draw(width: number, options: ParetoOptions, front: readonly number[]): Drawing {
  const { models, metric, direction, text } = options
  const height = Math.min(HEIGHT.most, Math.max(HEIGHT.least, Math.round(width * 0.6)))
  const rates = models.map(({ rate }) => rate)
  const isLog = Math.max(...rates) / Math.min(...rates) > LOG_FROM
  const box = plotBox(
    { left: 0, right: width, top: 0, bottom: height },
    {
      domain: isLog ? [Math.min(...rates) / 1.5, Math.max(...rates) * 1.5] : padDomain(rates),
      label: `rows per second${isLog ? ', logarithmic' : ''} → faster`,
      text: (rate) => formatSignificant(rate, 3),
      isLog,
    },
    {
      domain: padDomain(models.map(({ value }) => value)),
      label: `${metric}, ${direction === 'higher' ? '↑' : '↓'} better`,
    },
  )
  const places = models.map(({ rate, value }) => [box.x(rate), box.y(value)] as const)
  // The frontier is named first: it is what the chart is for.
  const order = [...front, ...models.map((_, index) => index).filter((at) => !front.includes(at))]
  const labelsOf = (indices: readonly number[]) =>
    placeLabels(
      indices.map((index) => ({ text: models[index]?.name ?? '', at: places[index] ?? [0, 0] })),
      places,
      box,
    )
  const all = labelsOf(order)
  const isLabelled = all.every((label) => label !== null)
  // Some names and not others would mislead: all of them, or those of the frontier.
  const labels = isLabelled ? all : labelsOf(front)
  const nodes: SvgNode[] = [
    ...axisNodes(box),
    frontNode(box, options, front),
    ...models.map(({ paint }, index) => {
      const [x, y] = places[index] ?? [0, 0]
      return dotNode(x, y, paint, front.includes(index) ? 7 : 5)
    }),
    ...labels.flatMap((label) =>
      label === null
        ? []
        : [
            textNode(label.text, label.x, label.y, {
              ...{ fill: 'var(--ink)', stroke: 'var(--ground)', 'stroke-width': 3 },
              ...{ 'paint-order': 'stroke', 'text-anchor': label.anchor },
            }),
          ],
    ),
  ]
  const stops = models.map(({ name, paint, rate, value }, index): Stop => {
    const at = places[index] ?? [0, 0]
    const spoken = `${metric} ${text(value)}, ${formatRate(rate)}${front.includes(index) ? ', on the frontier' : ''}`
    const read = () => ({ head: '', items: [{ name, paint, text: spoken, at }] })
    return { x: at[0], y: at[1], line: 0, read }
  })
  return {
    ...{ width, height, plot: box, nodes },
    stops: stops.toSorted((a, b) => a.x - b.x),
    isLabelled,
  }
}

/** Stairs: right and below of them, some model is as fast and as good. */
function frontNode(
  box: PlotBox,
  { models, direction }: ParetoOptions,
  front: readonly number[],
): SvgNode {
  const ends = front.flatMap((index) => models[index] ?? [])
  const xs = [box.left, ...ends.flatMap(({ rate }) => [box.x(rate), box.x(rate)])]
  const ys = ends.flatMap(({ value }) => [box.y(value), box.y(value)])
  // The worse end of the axis is the lower one of a metric that is better high.
  const worst = direction === 'higher' ? box.bottom : box.top
  const pixel = (length: number) => length
  return {
    tag: 'path',
    attributes: {
      d: linePath(xs, [...ys, worst], pixel, pixel),
      ...{ fill: 'none', stroke: 'var(--line-strong)', 'stroke-dasharray': '4 3' },
    },
  }
}
