import type { ModelPaint } from './model-paint'

type Attributes = Readonly<Record<string, string | number>>

/** How one model's marks look, by what they are; the pattern tells models of one hue apart. */
export const markAttributes = {
  line: ({ colour, dash }: ModelPaint): Attributes => ({
    ...{ fill: 'none', stroke: colour, 'stroke-width': 2, 'stroke-linejoin': 'round' },
    ...(dash === 'none' ? {} : { 'stroke-dasharray': dash }),
  }),
  area: ({ colour, pattern }: ModelPaint): Attributes => ({
    fill: colour,
    ...(pattern === 'solid'
      ? {}
      : { 'fill-opacity': pattern === 'striped' ? 0.45 : 0.1, stroke: colour }),
  }),
  dot: ({ colour, pattern }: ModelPaint): Attributes => ({
    fill: pattern === 'dotted' ? 'var(--ground)' : colour,
    ...(pattern === 'solid' ? {} : { stroke: colour, 'stroke-width': 2 }),
  }),
}
