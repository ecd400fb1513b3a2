/** Hues of the model palette; further models repeat them with a pattern. */
const HUES = 8
const PATTERNS = ['solid', 'striped', 'dotted'] as const
const DASHES = { solid: 'none', striped: '7 3', dotted: '2 3' } as const

export type Pattern = (typeof PATTERNS)[number]

/** How one model is drawn in every chart and table. */
export interface ModelPaint {
  /** A CSS colour. */
  readonly colour: string
  readonly pattern: Pattern
  /** For `stroke-dasharray`. */
  readonly dash: string
}

/** @param index the model's colour index, from 0; after 24 models the paints repeat */
export function modelPaint(index: number): ModelPaint {
  const pattern = PATTERNS[Math.floor(index / HUES) % PATTERNS.length] ?? 'solid'
  return {
    colour: `var(--model-${String(index % HUES)})`,
    pattern,
    dash: DASHES[pattern],
  }
}
