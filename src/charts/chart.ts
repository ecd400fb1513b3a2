import type { ModelPaint } from './model-paint'
import type { SvgNode } from './svg-node'

/** A chart apart from its size: the page draws it at any width, a file at another one. */
export interface Chart {
  readonly title: string
  /** What is counted, with n. */
  readonly note: string
  /** One or two sentences, read in place of the drawing. */
  readonly description: string
  /** Whose marks are whose; empty where the chart shows one thing. */
  readonly key: readonly KeyEntry[]
  /** What the key shows samples of. */
  readonly marks: 'lines' | 'dots' | 'areas'
  /** @param width of the whole drawing, pixels */
  readonly draw: (width: number) => Drawing
  /** The same figures as a table. */
  readonly table: () => ChartTable
}

export interface KeyEntry {
  readonly name: string
  readonly paint: ModelPaint
  /** What sums the marks up: an area, a fee. */
  readonly figure?: string
}

/** All lengths in pixels. */
export interface Drawing {
  readonly width: number
  readonly height: number
  /** Where data is drawn, without the labels around it. */
  readonly plot: Edges
  readonly nodes: readonly SvgNode[]
  readonly stops: readonly Stop[]
  /** The marks carry their names, so that no key is needed. */
  readonly isLabelled: boolean
}

export interface Edges {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A place of a drawing that can be pointed at, or walked to with the arrow keys. */
export interface Stop {
  readonly x: number
  /** Null: all that stands over `x`. */
  readonly y: number | null
  /** Left and right stay on a line, up and down change it. */
  readonly line: number
  readonly read: () => Reading
}

export interface Reading {
  readonly head: string
  readonly items: readonly {
    readonly name: string
    readonly text: string
    readonly paint?: ModelPaint
    /** Where its mark is. */
    readonly at?: readonly [x: number, y: number]
  }[]
}

export type ChartCell = string | number | null

export interface ChartTable {
  readonly columns: readonly {
    readonly label: string
    /** How a figure is shown; without, as it is. */
    readonly text?: (value: number) => string
  }[]
  readonly rows: readonly (readonly ChartCell[])[]
}
