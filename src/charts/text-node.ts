import type { SvgNode } from './svg-node'

/** One line of text; muted unless another `fill` is named. */
export function textNode(
  text: string,
  x: number,
  y: number,
  attributes: Readonly<Record<string, string | number>> = {},
): SvgNode {
  return {
    tag: 'text',
    attributes: { x: px(x), y: px(y), fill: 'var(--ink-muted)', ...attributes },
    text,
  }
}

function px(length: number): number {
  return Math.round(length * 100) / 100
}
