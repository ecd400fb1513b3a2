import type { Direction } from '../core/metric'
import type { Chart } from './chart'
import { heatChart, type HeatCell } from './heat-chart'
import { heatShade } from './heat-shade'
import type { ModelPaint } from './model-paint'

interface WindowOptions {
  readonly metric: string
  readonly direction: Direction
  /** Heads of the columns, with what they stand for. */
  readonly windows: readonly {
    readonly label: string
    readonly title: string
    /** Shorter than the others: its figures swing more. */
    readonly isShort: boolean
  }[]
  readonly models: readonly {
    readonly name: string
    readonly paint: ModelPaint
    /** One per window. */
    readonly values: readonly (number | null)[]
  }[]
  readonly text: (value: number | null) => string
}

/** One figure of each policy in each walk-forward window; darker is better, on one scale. */
export function windowChart({ metric, direction, windows, models, text }: WindowOptions): Chart {
  const figures = models.flatMap(({ values }) => values.filter((value) => value !== null))
  const range = [Math.min(...figures), Math.max(...figures)] as const
  const scale = figures.length === 0 ? '' : `, from ${text(range[0])} to ${text(range[1])}`
  const short = windows.some(({ isShort }) => isShort) ? '; * shorter' : ''
  const title = `${metric} by window`
  return heatChart({
    title,
    note: `n = ${String(windows.length)} windows; darker is better, on one scale${scale}${short}`,
    description: `${title}: ${models.map(({ name, values }) => `${name} ${values.map(text).join(', ')}`).join('; ')}.`,
    across: 'window',
    columns: windows.map(({ label, isShort }) => (isShort ? `${label}*` : label)),
    rows: models.map(({ name, paint }) => ({ label: name, paint })),
    cells: models.map(({ name, paint, values }) =>
      windows.map((window, index): HeatCell => {
        const value = values[index] ?? null
        return {
          ...{ text: text(value), short: '', colour: 'var(--accent)', isStrong: false },
          shade: heatShade(value, range, direction),
          head: window.title,
          read: () => ({ name, paint, text: `${metric} ${text(value)}` }),
        }
      }),
    ),
    table: () => ({
      columns: [
        { label: 'Policy' },
        ...windows.map(({ title: label }) => ({ label, text: (value: number) => text(value) })),
      ],
      rows: models.map(({ name, values }) => [name, ...values]),
    }),
  })
}
