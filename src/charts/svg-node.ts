/** One element of a drawing, as plain data: the page renders it and a file holds it as text. */
export interface SvgNode {
  readonly tag: 'circle' | 'g' | 'line' | 'path' | 'rect' | 'text' | 'title'
  /** Presentation attributes; colours are those of the page, `var(--ink)`. */
  readonly attributes: Readonly<Record<string, string | number>>
  readonly text?: string
  readonly children?: readonly SvgNode[]
}
