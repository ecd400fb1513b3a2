import type { SvgNode } from './svg-node'

/** A thin line that data is held against: zero (solid), the diagonal (dotted). */
export function referenceLine(
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  isDotted = false,
): SvgNode {
  const [x1, y1, x2, y2] = [...from, ...to].map((length) => Math.round(length * 100) / 100)
  return {
    tag: 'line',
    attributes: {
      ...{ x1: x1 ?? 0, y1: y1 ?? 0, x2: x2 ?? 0, y2: y2 ?? 0, stroke: 'var(--line-strong)' },
      ...(isDotted ? { 'stroke-dasharray': '2 4' } : {}),
    },
  }
}
