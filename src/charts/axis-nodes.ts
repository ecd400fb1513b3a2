import type { PlotBox } from './plot-box'
import type { SvgNode } from './svg-node'
import { textNode } from './text-node'

/** Light grid lines, ticks and the names of both axes. */
export function axisNodes({ left, right, top, bottom, x, y }: PlotBox): readonly SvgNode[] {
  const grid = (x1: number, y1: number, x2: number, y2: number): SvgNode => ({
    tag: 'line',
    attributes: { ...round({ x1, y1, x2, y2 }), stroke: 'var(--line)' },
  })
  return [
    ...x.ticks.map(({ at }) => grid(at, top, at, bottom)),
    ...y.ticks.map(({ at }) => grid(left, at, right, at)),
    ...x.ticks.map(({ at, text }) => textNode(text, at, bottom + 17, { 'text-anchor': 'middle' })),
    ...y.ticks.map(({ at, text }) => textNode(text, left - 7, at + 4, { 'text-anchor': 'end' })),
    ...(x.label === '' ? [] : [textNode(x.label, right, bottom + 35, { 'text-anchor': 'end' })]),
    ...(y.label === '' ? [] : [textNode(y.label, 0, top - 12)]),
  ]
}

function round(lengths: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(lengths).map(([name, value]) => [name, Math.round(value * 100) / 100]),
  )
}
