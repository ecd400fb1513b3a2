import type { Chart } from './chart'
import { dotNode } from './dot-node'
import { markAttributes } from './mark-attributes'
import type { ModelPaint } from './model-paint'
import type { SvgNode } from './svg-node'

/** How a mark of a chart looks, for its key: 20 by 12 pixels. */
export function keySample(marks: Chart['marks'], paint: ModelPaint): SvgNode {
  if (marks === 'dots') return dotNode(10, 6, paint)
  if (marks === 'areas') {
    const box = { x: 3, y: 1, width: 14, height: 10 }
    return { tag: 'rect', attributes: { ...box, ...markAttributes.area(paint) } }
  }
  return { tag: 'line', attributes: { x1: 0, x2: 20, y1: 6, y2: 6, ...markAttributes.line(paint) } }
}
