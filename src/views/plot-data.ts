import { barHeight } from '../charts/histogram-chart'
import type { CurveSeries } from '../charts/curve-chart'
import { modelPaint } from '../charts/model-paint'
import type { ClassLabel } from '../core/task'
import type { ClassScores, ModelDetails, ReportModel } from '../core/report'
import type { Result } from '../state/result'

export interface PaintedModel {
  readonly name: string
  readonly colour: number
  readonly details: ModelDetails
  readonly model: ReportModel
}

export interface ClassPanel {
  readonly label: ClassLabel
  /** Rows of the class; null where no per-class table says so. */
  readonly support: number | null
  readonly series: readonly CurveSeries[]
}

/** Models that have answered, best first. */
export function paintedModels({ report, colours }: Result): readonly PaintedModel[] {
  return report.ranking.flatMap((name) => {
    const model = report.models.find((candidate) => candidate.name === name)
    if (model?.status !== 'ok') return []
    return [{ name, colour: colours.get(name) ?? 0, details: model.details, model }]
  })
}

/** One panel per class with the curve of every model in it, so that curves are compared in place. */
export function classPanels(
  models: readonly PaintedModel[],
  kind: 'roc' | 'precisionRecall',
): readonly ClassPanel[] {
  const labels = new Set(
    models.flatMap(({ details }) => (details[kind] ?? []).map(({ label }) => label)),
  )
  return [...labels].map((label) => ({
    label,
    support: supportOf(models, label),
    series: models.flatMap(({ name, colour, details }) => {
      const curve = details[kind]?.find((candidate) => candidate.label === label)
      if (curve === undefined) return []
      return [{ name, paint: modelPaint(colour), x: curve.x, y: curve.y, area: curve.area }]
    }),
  }))
}

/** The hardest classes first: those whose weakest curve encloses least. */
export function hardestFirst(panels: readonly ClassPanel[]): readonly ClassPanel[] {
  const weakest = (panel: ClassPanel) =>
    Math.min(...panel.series.map(({ area }) => area ?? Infinity))
  return panels.toSorted((a, b) => weakest(a) - weakest(b))
}

/** A share of fewer rows jumps too far to be read. */
export const FEWEST_ROWS = 5

/** Bins that hold enough rows, as points of a reliability curve. */
export function reliability({ name, colour, details }: PaintedModel): CurveSeries | null {
  const bins = details.calibration
  if (bins === undefined) return null
  const points = bins.counts.flatMap((count, index) => {
    const x = bins.confidence[index] ?? null
    const y = bins.accuracy[index] ?? null
    return count < FEWEST_ROWS || x === null || y === null ? [] : [{ x, y }]
  })
  return {
    name,
    paint: modelPaint(colour),
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
  }
}

/** Largest confusions first: true class, answered class, rows. */
export function confusions(
  counts: readonly (readonly number[])[],
): readonly { readonly truth: number; readonly answer: number; readonly rows: number }[] {
  return counts
    .flatMap((row, truth) => row.map((rows, answer) => ({ truth, answer, rows })))
    .filter(({ truth, answer, rows }) => truth !== answer && rows > 0)
    .toSorted((a, b) => b.rows - a.rows)
}

/** The smallest range that holds every value; one unit around a single one. */
export function rangeOf(values: readonly (readonly number[])[]): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const list of values) {
    for (const value of list) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  if (low > high) return [0, 1]
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}

/** The tallest bar of all histograms, as share of rows per unit. */
export function highestDensity(models: readonly PaintedModel[]): number {
  const densities = models.flatMap(({ details }) => {
    const { edges = [], counts = [] } = details.residuals ?? {}
    return counts.map((_, bin) => barHeight(counts, edges, bin, true))
  })
  return Math.max(0, ...densities) || 1
}

/** What histograms of differences share: the range of their edges, and the tallest bar. */
export function differenceScales(models: readonly PaintedModel[]): {
  readonly domain: readonly [number, number]
  readonly highest: number
} {
  const all = models.flatMap(({ details }) => details.parity?.differences ?? [])
  const edges = all.flatMap((histogram) => histogram.edges)
  const shares = all.flatMap(({ counts, identical, unsized }) => {
    const rows = counts.reduce((sum, count) => sum + count, identical + unsized)
    return [...counts, identical, unsized].map((count) => (rows === 0 ? 0 : count / rows))
  })
  return {
    domain: edges.length === 0 ? [0.1, 1] : [Math.min(...edges), Math.max(...edges)],
    highest: Math.max(0, ...shares) || 1,
  }
}

export type ClassMeasure = 'precision' | 'recall' | 'f1'

/** One figure of every model by class, the class with the lowest one first. */
export function classFigures(
  models: readonly PaintedModel[],
  measure: ClassMeasure,
): readonly {
  readonly label: ClassLabel
  readonly support: number
  /** One per model; null where undefined. */
  readonly values: readonly (number | null)[]
}[] {
  const classes = models.find(({ model }) => model.perClass !== null)?.model.perClass ?? []
  const figures = classes.map(({ label, support }, index) => ({
    ...{ label, support },
    values: models.map(({ model }) => model.perClass?.[index]?.[measure] ?? null),
  }))
  const lowest = (values: readonly (number | null)[]) =>
    Math.min(...values.map((value) => value ?? Infinity))
  return figures.toSorted((a, b) => lowest(a.values) - lowest(b.values))
}

/** Edges of the equal-width bins of a class's scores. */
export function scoreEdges({ ofClass }: ClassScores): readonly number[] {
  return Array.from({ length: ofClass.length + 1 }, (_, bin) => bin / ofClass.length)
}

function supportOf(models: readonly PaintedModel[], label: ClassLabel): number | null {
  for (const { model } of models) {
    const found = model.perClass?.find((row) => row.label === label)
    if (found !== undefined) return found.support
  }
  return null
}
