import { symbol, symbolCircle, symbolSquare } from 'd3-shape'
import { markAttributes } from './mark-attributes'
import type { ModelPaint } from './model-paint'
import type { SvgNode } from './svg-node'

/** One model's dot: round, a square for striped paints, hollow for dotted ones. */
export function dotNode(x: number, y: number, paint: ModelPaint, radius = 5): SvgNode {
  const shape = paint.pattern === 'striped' ? symbolSquare : symbolCircle
  const path = symbol(shape, Math.PI * radius ** 2).digits(2)
  return {
    tag: 'path',
    attributes: {
      d: path() ?? '',
      transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})`,
      ...markAttributes.dot(paint),
    },
  }
}
