import { formatCount, formatMetric, formatQuantity } from '../../core/format'
import type { ClassCurve, Report, ReportModel } from '../../core/report'
import { rankedModels } from '../ranked-models'
import { lineChart, type ChartShape, type Series } from './chart'
import { markup, type Html } from './markup'
import { htmlTable } from './html-table'
import { modelColours } from './model-colours'

/** More lines cannot be told apart: the best models, or the first classes. */
const LINES_SHOWN = 8
const UNIT: readonly [number, number] = [0, 1]

const ROC: ChartShape = {
  ...{ title: 'ROC', xLabel: 'False positive rate', yLabel: 'True positive rate' },
  ...{ xDomain: UNIT, yDomain: UNIT, hasDiagonal: true },
}
const PRECISION_RECALL: ChartShape = {
  ...{ title: 'Precision–recall', xLabel: 'Recall', yLabel: 'Precision' },
  ...{ xDomain: UNIT, yDomain: UNIT },
}
const CALIBRATION: ChartShape = {
  ...{ title: 'Calibration', xLabel: 'Confidence', yLabel: 'Accuracy' },
  ...{ xDomain: UNIT, yDomain: UNIT, hasDiagonal: true },
}

/** ROC, precision–recall and calibration of a classification, residuals of a regression. */
export function curvesSection(report: Report): Html | null {
  const models = rankedModels(report).filter(({ status }) => status === 'ok')
  const charts = [
    ...classCharts(report, models, 'roc', ROC),
    ...classCharts(report, models, 'precisionRecall', PRECISION_RECALL),
    ...calibrationChart(report, models),
  ]
  const residuals = models.filter(({ details }) => details.residuals !== undefined)
  if (charts.length === 0 && residuals.length === 0) return null
  const n = formatQuantity(report.dataset.rows, 'row')
  return markup`<section>
    <h2>Plots</h2>
    <p class="muted">Over ${n}.</p>
    ${
      charts.length === 0 ? null : markup`<div class="plots">${charts}</div>`
    }${residuals.map((model, index) => residualsTable(report, model, index === 0))}
  </section>`
}

/** Two classes: one line per model in one plot. More: a plot per model, one line per class. */
function classCharts(
  report: Report,
  models: readonly ReportModel[],
  kind: 'roc' | 'precisionRecall',
  shape: ChartShape,
): readonly Html[] {
  const colours = modelColours(report)
  const drawn = models.filter(({ details }) => (details[kind]?.length ?? 0) > 0)
  const shown = drawn.slice(0, LINES_SHOWN)
  if (shown.length === 0) return []
  const isBinary = shown.every(({ details }) => details[kind]?.length === 1)
  if (!isBinary) {
    return shown.map(({ name, details }) => {
      const curves = details[kind] ?? []
      const title = `${shape.title} of ${name}${cut(curves.length, 'class', 'classes')}`
      return lineChart(
        { ...shape, title },
        curves
          .slice(0, LINES_SHOWN)
          .map((curve, index) => line(`${curve.label}, ${area(report, curve)}`, index, curve)),
      )
    })
  }
  const series = shown.flatMap(({ name, details }) =>
    (details[kind] ?? []).map((curve) =>
      line(`${name}, ${area(report, curve)}`, colours.get(name) ?? 0, curve),
    ),
  )
  return [
    lineChart({ ...shape, title: shape.title + cut(drawn.length, 'model', 'models') }, series),
  ]
}

function line(name: string, colour: number, { x, y }: ClassCurve): Series {
  return { name, colour, x, y }
}

function area({ dataset }: Report, curve: ClassCurve): string {
  return `area ${formatMetric(curve.area, 'share', dataset.rows)}`
}

function cut(count: number, one: string, many: string): string {
  return count <= LINES_SHOWN
    ? ''
    : `, first ${formatCount(LINES_SHOWN)} of ${formatQuantity(count, one, many)}`
}

function calibrationChart(report: Report, models: readonly ReportModel[]): readonly Html[] {
  const colours = modelColours(report)
  const drawn = models.filter(({ details }) => details.calibration !== undefined)
  const series = drawn.slice(0, LINES_SHOWN).map(({ name, details }): Series => {
    const bins = details.calibration
    const points = (bins?.confidence ?? []).flatMap((confidence, bin) => {
      const accuracy = bins?.accuracy[bin] ?? null
      return confidence === null || accuracy === null ? [] : [[confidence, accuracy] as const]
    })
    return {
      ...{ name, colour: colours.get(name) ?? 0 },
      x: points.map(([x]) => x),
      y: points.map(([, y]) => y),
    }
  })
  if (series.length === 0) return []
  const title = CALIBRATION.title + cut(drawn.length, 'model', 'models')
  return [lineChart({ ...CALIBRATION, title }, series)]
}

function residualsTable(report: Report, { name, details }: ReportModel, isOpen: boolean): Html {
  const { edges = [], counts = [] } = details.residuals ?? {}
  const figure = (value: number | null) =>
    formatMetric(value, 'target', report.dataset.rows, [...edges])
  return markup`<details ${isOpen ? 'open' : ''}>
    <summary>Residuals of ${name}, predicted minus true</summary>
    ${htmlTable(
      `Residuals of ${name}`,
      [
        { title: 'From', isFigure: true, cell: (_, bin) => figure(edges[bin] ?? null) },
        { title: 'To', isFigure: true, cell: (_, bin) => figure(edges[bin + 1] ?? null) },
        { title: 'Rows', isFigure: true, cell: (count) => formatCount(count) },
      ],
      counts,
    )}
  </details>`
}
