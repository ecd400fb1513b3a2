import {
  formatCount,
  formatFixed,
  formatMetric,
  formatPercent,
  formatQuantity,
  formatSignificant,
  UNDEFINED_FIGURE,
} from '../../core/format'
import type { MetricInfo } from '../../core/metric'
import type { PolicyDetails, Report, ReportModel, TimedTrade } from '../../core/report'
import { rankedModels } from '../ranked-models'
import { lineChart, type Series } from './chart'
import { markup, type Html, type HtmlPart } from './markup'
import { htmlTable, type HtmlColumn } from './html-table'
import { modelColours } from './model-colours'

const LINES_SHOWN = 8
/** JSON and CSV have them all. */
const TRADES_SHOWN = 50
/** Its own dashes, apart from every model. */
const BUY_AND_HOLD_COLOUR = 15

/** Equity, windows and trades of a backtest. */
export function policySections(report: Report, metric: MetricInfo): readonly Html[] {
  const models = rankedModels(report).filter(({ details }) => details.policy !== undefined)
  if (models.length === 0) return []
  return [
    equitySection(report, models),
    ...windowsSection(report, metric, models),
    markup`<section>
      <h2>Trades</h2>
      ${models.map((model, index) => trades(model, index === 0))}
    </section>`,
  ]
}

function equitySection(report: Report, models: readonly ReportModel[]): Html {
  const colours = modelColours(report)
  const shown = models.slice(0, LINES_SHOWN)
  const hold = shown[0]?.details.policy?.buyAndHold
  const series: readonly Series[] = [
    ...shown.map(({ name, details }) => ({
      ...{ name, colour: colours.get(name) ?? 0 },
      x: details.policy?.equity.rows ?? [],
      y: details.policy?.equity.equity ?? [],
    })),
    ...(hold === undefined || hold.rows.length === 0
      ? []
      : [{ name: 'buy and hold', colour: BUY_AND_HOLD_COLOUR, x: hold.rows, y: hold.equity }]),
  ]
  const more = models.length - shown.length
  return markup`<section>
    <h2>Equity</h2>
    ${lineChart(
      {
        ...{
          title: 'Over the whole range',
          xLabel: 'Row of the table',
          yLabel: 'Equity',
          isWide: true,
        },
        xDomain: extent(series.map(({ x }) => x)),
        yDomain: extent(series.map(({ y }) => y)),
      },
      series,
    )}${more > 0 ? markup`<p class="muted">The best ${formatCount(LINES_SHOWN)} of ${formatQuantity(models.length, 'policy', 'policies')}.</p>` : null}
  </section>`
}

/** Not spread into `Math.min`: curves may be long. */
function extent(columns: readonly (readonly number[])[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const column of columns) {
    for (const value of column) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  return low <= high ? [low, high] : [0, 1]
}

function windowsSection(
  report: Report,
  { id, label, unit }: MetricInfo,
  models: readonly ReportModel[],
): readonly Html[] {
  const windows = new Map(
    models.flatMap((model) =>
      (model.windows ?? []).map((window) => [window.index, window] as const),
    ),
  )
  if (windows.size === 0) return []
  const rows = [...windows.values()].toSorted((a, b) => a.index - b.index)
  const value = (model: ReportModel, index: number) =>
    model.windows?.find((window) => window.index === index)?.metrics[id] ?? null
  const columns: readonly HtmlColumn<(typeof rows)[number]>[] = [
    {
      title: 'Window',
      cell: ({ index, start, end, partial }) =>
        `${formatCount(index)}, rows ${formatCount(start)} to ${formatCount(end - 1)}${partial ? ', shorter' : ''}`,
    },
    ...models.map((model): HtmlColumn<(typeof rows)[number]> => ({
      title: model.name,
      isFigure: true,
      cell: ({ index }) => {
        const all = rows.map((window) => value(model, window.index))
        return formatMetric(value(model, index), unit, report.dataset.rows, all)
      },
    })),
  ]
  return [
    markup`<section>
      <h2>Windows</h2>
      <p class="muted">${label} in each walk-forward window, with an account of its own.</p>
      ${htmlTable(`${label} by window`, columns, rows)}
    </section>`,
  ]
}

function trades({ name, details }: ReportModel, isOpen: boolean): Html | null {
  const { policy } = details
  if (policy === undefined) return null
  const shown = policy.trades.slice(0, TRADES_SHOWN)
  const price = (read: (trade: TimedTrade) => number) => (trade: TimedTrade) =>
    formatSignificant(read(trade), 6)
  const columns: readonly HtmlColumn<TimedTrade>[] = [
    { title: 'Trade', isFigure: true, cell: (_, index) => formatCount(index + 1) },
    { title: 'Side', cell: ({ side }) => side },
    { title: 'In at bar', isFigure: true, cell: (one) => bar(one.entryIndex, one.entryTime) },
    { title: 'Out at bar', isFigure: true, cell: (one) => bar(one.exitIndex, one.exitTime) },
    { title: 'In at', isFigure: true, cell: price((one) => one.entryPrice) },
    { title: 'Out at', isFigure: true, cell: price((one) => one.exitPrice) },
    { title: 'Profit', isFigure: true, cell: ({ pnl }) => formatFixed(pnl, 2) },
  ]
  return markup`<details ${isOpen ? 'open' : ''}>
    <summary>
      ${name},
      ${formatQuantity(policy.tradeCount, 'trade')}${
        shown.length < policy.tradeCount ? `, first ${formatCount(shown.length)}` : ''
      }
    </summary>
    <p>${facts(policy)}</p>
    ${shown.length === 0 ? null : htmlTable(`Trades of ${name}`, columns, shown)}
  </details>`
}

function bar(index: number, time: string | null): string {
  return time === null ? formatCount(index) : `${formatCount(index)}, ${time}`
}

function facts({ actions, cost, isRuined, stateReset }: PolicyDetails): HtmlPart {
  const changed = stateReset?.changedShare ?? null
  const fee = cost?.breakEvenFee ?? null
  return [
    ...actions.map(({ action, count }) => `${action} ${formatCount(count)}`),
    `breaks even at a fee of ${fee === null ? UNDEFINED_FIGURE : `${formatFixed(fee * 100, 4)} %`}`,
    ...(changed === null
      ? []
      : [`another action at ${formatPercent(changed)} of the bars without its state`]),
    ...(isRuined ? ['ruined'] : []),
  ].join(', ')
}
