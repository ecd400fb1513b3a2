import type { ClassCurve, Report } from '../core/report'
import type { ReportTable } from './report-table'

/** What is drawn of a classification or a regression, as numbers. */
export function curveTables(report: Report): readonly ReportTable[] {
  return [
    classCurves(report, 'roc', 'ROC curves', ['falsePositiveRate', 'truePositiveRate']),
    classCurves(report, 'precisionRecall', 'Precision–recall curves', ['recall', 'precision']),
    calibration(report),
    residuals(report),
  ]
}

function classCurves(
  { models }: Report,
  kind: 'roc' | 'precisionRecall',
  title: string,
  axes: readonly [string, string],
): ReportTable {
  const points = (model: string, { label, x, y }: ClassCurve) =>
    x.map((value, index) => [model, label, value, y[index] ?? null])
  return {
    id: kind === 'roc' ? 'roc' : 'precision-recall',
    title,
    columns: ['model', 'class', ...axes],
    rows: models.flatMap(({ name, details }) =>
      (details[kind] ?? []).flatMap((curve) => points(name, curve)),
    ),
  }
}

function calibration({ models }: Report): ReportTable {
  return {
    id: 'calibration',
    title: 'Calibration',
    columns: ['model', 'bin', 'confidence', 'accuracy', 'rows'],
    rows: models.flatMap(({ name, details: { calibration: bins } }) =>
      (bins?.counts ?? []).map((rows, bin) => [
        ...[name, bin, bins?.confidence[bin] ?? null, bins?.accuracy[bin] ?? null, rows],
      ]),
    ),
  }
}

function residuals({ models }: Report): ReportTable {
  return {
    id: 'residuals',
    title: 'Residuals, predicted minus true',
    columns: ['model', 'from', 'to', 'rows'],
    rows: models.flatMap(({ name, details: { residuals: bins } }) =>
      (bins?.counts ?? []).map((rows, bin) => [
        ...[name, bins?.edges[bin] ?? null, bins?.edges[bin + 1] ?? null, rows],
      ]),
    ),
  }
}
