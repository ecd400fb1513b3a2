import type { ModelPaint } from './model-paint'

/** What models are held against: buy and hold, the diagonal, all other classes. */
export const REFERENCE_PAINT: ModelPaint = {
  colour: 'var(--ink-muted)',
  pattern: 'solid',
  dash: '5 4',
}
