import { formatCount, formatMetric, UNDEFINED_FIGURE } from '../../core/format'
import type { MetricInfo } from '../../core/metric'
import type { Comparison } from '../../core/comparison'
import type { PerClass, Report, ReportModel } from '../../core/report'
import { describeTest } from '../describe-test'
import { formatPValue } from '../format-p-value'
import { rankedModels } from '../ranked-models'
import { signedDifference } from '../signed-difference'
import { markup, type Html } from './markup'
import { htmlTable, type HtmlColumn } from './html-table'

/** A larger matrix is for a program to read: JSON and CSV have it. */
const CLASSES_SHOWN = 30

export function comparisonsSection(report: Report): Html | null {
  const { comparisons, metrics } = report
  if (comparisons.length === 0) return null
  const info = (id: string) => metrics.find((metric) => metric.id === id)
  const texts = (one: Comparison) => signedDifference(one, info(one.metric)?.unit ?? 'score')
  const columns: readonly HtmlColumn<Comparison>[] = [
    { title: 'Candidate', cell: ({ candidate }) => candidate },
    { title: 'Baseline', cell: ({ baseline }) => baseline },
    { title: 'Metric', cell: ({ metric }) => info(metric)?.label ?? metric },
    { title: 'Verdict', cell: ({ verdict }) => verdict },
    { title: 'Difference', isFigure: true, cell: (one) => texts(one).difference },
    {
      title: '95 % interval',
      isFigure: true,
      cell: (one) => texts(one).interval ?? UNDEFINED_FIGURE,
    },
    {
      title: 'p, adjusted',
      isFigure: true,
      cell: ({ adjustedPValue }) =>
        adjustedPValue === null ? UNDEFINED_FIGURE : formatPValue(adjustedPValue),
    },
    { title: 'Test', cell: ({ test }) => (test === null ? UNDEFINED_FIGURE : describeTest(test)) },
    { title: 'Rows', isFigure: true, cell: ({ rows }) => formatCount(rows) },
  ]
  return markup`<section>
    <h2>Against the baseline</h2>
    ${htmlTable('Comparisons with the baseline', columns, comparisons)}
  </section>`
}

/** Metrics down, models across. */
export function metricsSection(report: Report): Html | null {
  const models = rankedModels(report).filter(({ status }) => status === 'ok')
  if (models.length === 0) return null
  const { rows } = report.dataset
  const columns: readonly HtmlColumn<MetricInfo>[] = [
    { title: 'Metric', cell: ({ label }) => label },
    ...models.map((model): HtmlColumn<MetricInfo> => ({
      title: model.name,
      isFigure: true,
      cell: ({ id, unit }) => {
        const values = models.map(({ metrics }) => metrics[id] ?? null)
        return formatMetric(model.metrics[id] ?? null, unit, rows, values)
      },
    })),
    { title: 'Better', cell: ({ direction }) => direction },
  ]
  const meanings = report.metrics.filter(({ description }) => description !== '')
  return markup`<section>
    <h2>Metrics</h2>
    ${htmlTable('All metrics', columns, report.metrics)}
    <details>
      <summary>What the metrics mean</summary>
      <dl>
        ${meanings.map(
          ({ label, description }) =>
            markup`<dt>${label}</dt>
              <dd>${description}</dd>`,
        )}
      </dl>
    </details>
  </section>`
}

export function perClassSection(report: Report): Html | null {
  const models = rankedModels(report).filter(({ perClass }) => (perClass?.length ?? 0) > 0)
  if (models.length === 0) return null
  const share = (value: number | null) => formatMetric(value, 'share', report.dataset.rows)
  const columns: readonly HtmlColumn<PerClass>[] = [
    { title: 'Class', cell: ({ label }) => label },
    { title: 'Rows', isFigure: true, cell: ({ support }) => formatCount(support) },
    { title: 'Precision', isFigure: true, cell: ({ precision }) => share(precision) },
    { title: 'Recall', isFigure: true, cell: ({ recall }) => share(recall) },
    { title: 'F1', isFigure: true, cell: ({ f1 }) => share(f1) },
  ]
  return markup`<section>
    <h2>Per class</h2>
    ${models.map(
      ({ name, perClass }, index) =>
        markup`<details ${index === 0 ? 'open' : ''}>
          <summary>${name}</summary>
          ${htmlTable(`${name} per class`, columns, perClass ?? [])}
        </details>`,
    )}
  </section>`
}

export function confusionSection(report: Report): Html | null {
  const classes = report.task.classes ?? []
  const models = rankedModels(report).filter(({ details }) => details.confusion !== undefined)
  if (models.length === 0) return null
  if (classes.length > CLASSES_SHOWN) {
    return markup`<section>
      <h2>Confusion matrices</h2>
      <p>
        With ${formatCount(classes.length)} classes they are too large for a page. The report as
        JSON or CSV has them.
      </p>
    </section>`
  }
  return markup`<section>
    <h2>Confusion matrices</h2>
    <p class="muted">Rows of data: the true class down, the answered class across.</p>
    ${models.map(
      (model, index) =>
        markup`<details ${index === 0 ? 'open' : ''}>
          <summary>${model.name}</summary>
          ${confusionTable(model, classes)}
        </details>`,
    )}
  </section>`
}

function confusionTable({ name, details }: ReportModel, classes: readonly string[]): Html {
  const rows = details.confusion ?? []
  const columns: readonly HtmlColumn<readonly number[]>[] = [
    { title: 'True', cell: (_, truth) => classes[truth] ?? '' },
    ...classes.map((label, answered): HtmlColumn<readonly number[]> => ({
      title: label,
      isFigure: true,
      cell: (row, truth) => {
        const count = formatCount(row[answered] ?? 0)
        return truth === answered ? markup`<strong>${count}</strong>` : count
      },
    })),
  ]
  return htmlTable(`Confusion matrix of ${name}`, columns, rows)
}
