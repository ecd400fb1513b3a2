import fc from 'fast-check'
import { arbitraryParity } from './arbitrary-parity'
import { arbitraryRows } from './arbitrary-rows'
import { displayText } from '../../../src/core/display-text'
import type { ModelDetails, Report, ReportModel } from '../../../src/core/report'
import { rankModels } from '../../../src/report/rank-models'
import { ACCURACY, reportModel, reportOf } from './report-model'

/** Texts that have hurt somebody: markup, formulas, prototypes, directions, quotes, line ends. */
export const HOSTILE_TEXTS = [
  '<script>alert(1)</script>',
  '</template><img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '=HYPERLINK("http://x")',
  '-2+3+cmd|calc',
  '+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '__proto__',
  'constructor',
  'a|b`c*d_e[f](javascript:alert(1))',
  '# heading\n\n- item',
  'line one\r\nline two, "quoted"',
  '\u202eevil\u202c',
  '&lt;b&gt;&amp;',
  '',
]

const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }))
const name = text.map((raw) => displayText(raw))
// JSON writes −0 as 0.
const number = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (value === 0 ? 0 : value))
const figure = fc.option(number, { nil: null })
const count = fc.nat(1e9)

function named<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc.array(fc.tuple(text, value), { maxLength: 4 }).map((entries) => {
    const record = Object.create(null) as Record<string, T>
    for (const [key, item] of entries) record[key] = item
    return record
  })
}

const curve = fc
  .array(fc.tuple(number, number), { maxLength: 5 })
  .map((points) => ({ x: points.map(([x]) => x), y: points.map(([, y]) => y) }))

const equity = fc.array(fc.tuple(count, number, number), { maxLength: 5 }).map((marks) => ({
  rows: marks.map(([row]) => row),
  times: marks.length % 2 === 0 ? null : marks.map(([row]) => row * 1000),
  equity: marks.map(([, value]) => value),
  drawdown: marks.map(([, , fall]) => fall),
}))

const policy = fc.record({
  equity,
  buyAndHold: equity,
  trades: fc.array(
    fc.record({
      side: fc.constantFrom('long' as const, 'short' as const),
      entryIndex: count,
      exitIndex: count,
      entryPrice: number,
      exitPrice: number,
      bars: count,
      units: number,
      pnl: number,
      entryTime: fc.constantFrom(null, '2024-01-31T09:30Z'),
      exitTime: fc.constantFrom(null, '2024-01-31T09:30:05Z'),
    }),
    { maxLength: 3 },
  ),
  tradeCount: count,
  actions: fc.array(fc.record({ action: text, count }), { maxLength: 3 }),
  cost: fc.option(
    fc.record({
      fees: fc.array(number, { maxLength: 3 }),
      totalReturns: fc.array(figure, { maxLength: 3 }),
      breakEvenFee: figure,
    }),
    { nil: null },
  ),
  costReason: fc.option(text, { nil: null }),
  isRuined: fc.boolean(),
  stateReset: fc.option(
    fc.record({
      metrics: named(figure),
      bars: count,
      changedShare: figure,
      readsAccount: fc.boolean(),
    }),
    { nil: null },
  ),
})

const classCurves = fc.array(
  fc.record({ label: text, area: figure, curve }).map(({ label, area, curve: { x, y } }) => ({
    ...{ label, area, x, y },
  })),
  { maxLength: 2 },
)

const classScores = fc.array(
  fc.tuple(text, fc.array(fc.tuple(count, count), { maxLength: 4 })).map(([label, bins]) => ({
    label,
    ofClass: bins.map(([own]) => own),
    ofRest: bins.map(([, rest]) => rest),
  })),
  { maxLength: 2 },
)

function details(classes: number): fc.Arbitrary<ModelDetails> {
  const square = fc.array(fc.array(count, { minLength: classes, maxLength: classes }), {
    minLength: classes,
    maxLength: classes,
  })
  return fc.record(
    {
      ...{ confusion: square, roc: classCurves, precisionRecall: classCurves, policy },
      ...{ scores: classScores, parity: arbitraryParity({ text, count, number, figure }) },
    },
    { requiredKeys: [] },
  )
}

function model(modelName: string, classes: number): fc.Arbitrary<ReportModel> {
  return fc
    .record({
      status: fc.constantFrom('ok' as const, 'failed' as const, 'cancelled' as const),
      error: fc.option(
        fc.record({ code: fc.constant('run-failed' as const), message: text, advice: text }),
        { nil: null },
      ),
      metrics: named(figure),
      accuracy: figure,
      intervals: named(fc.tuple(number, number)),
      perClass: fc.option(
        fc.array(
          fc.record({
            label: text,
            support: count,
            precision: figure,
            recall: figure,
            f1: figure,
          }),
          { maxLength: 3 },
        ),
        { nil: null },
      ),
      windows: fc.option(
        fc.array(
          fc.record(
            {
              index: count,
              start: count,
              end: count,
              startTime: fc.constantFrom(null, '2024-01-31T00:00Z'),
              endTime: fc.constant(null),
              partial: fc.boolean(),
              metrics: named(figure),
              checkpoint: text,
            },
            {
              requiredKeys: ['index', 'start', 'end', 'startTime', 'endTime', 'partial', 'metrics'],
            },
          ),
          { maxLength: 3 },
        ),
        { nil: null },
      ),
      details: details(classes),
      notes: fc.array(text, { maxLength: 2 }),
      warnings: fc.array(text, { maxLength: 2 }),
    })
    .map(({ accuracy, metrics, ...parts }) =>
      reportModel(modelName, { ...parts, metrics: Object.assign(metrics, { accuracy }) }),
    )
}

const statistics = fc.option(
  fc.record({
    seed: count,
    baseline: fc.option(text, { nil: null }),
    pairing: fc.option(fc.record({ rows: count, sha256: text }), { nil: null }),
    methods: named(fc.record({ method: fc.constant('bca' as const), resamples: count })),
    tieGroups: fc.array(fc.array(text, { maxLength: 2 }), { maxLength: 2 }),
    luck: fc.option(
      fc.record({
        policies: fc.array(
          fc.record({ model: text, probabilisticSharpe: figure, deflatedSharpe: figure }),
          { maxLength: 2 },
        ),
        trials: count,
        overfitting: fc.option(fc.record({ probability: number, splits: count }), { nil: null }),
        windows: fc.option(
          fc.record({
            count,
            averageRanks: fc.array(fc.record({ model: text, rank: number }), { maxLength: 2 }),
            pValue: figure,
            criticalDifference: number,
          }),
          { nil: null },
        ),
      }),
      { nil: null },
    ),
    notes: fc.array(text, { maxLength: 2 }),
    problem: fc.option(text, { nil: null }),
  }),
  { nil: null },
)

const speedPair = fc.record({
  ...{ baseline: text, candidate: text, ratio: figure, reason: fc.option(text, { nil: null }) },
  interval: fc.option(fc.tuple(number, number), { nil: null }),
  verdict: fc.constantFrom('slower' as const, 'no difference found' as const),
  blocks: fc.array(fc.record({ baselineMs: number, candidateMs: number }), { maxLength: 2 }),
  ...{ rows: count, droppedBlocks: count },
})

const speed = fc.record({
  createdAt: fc.constant('2026-01-31T09:30:00.000Z'),
  ...{ baseline: text, commonBatchSize: fc.option(count, { nil: null }) },
  control: fc.option(speedPair, { nil: null }),
  comparisons: fc.array(speedPair, { maxLength: 2 }),
  models: fc.array(
    fc.record({
      ...{ name: text, backend: fc.constant('wasm' as const), threads: count, batchSize: count },
      warmUp: fc.record({ batches: count, ms: number, isSteady: fc.boolean() }),
      batches: count,
      batchMs: fc.record({ p50: figure, p95: figure }),
      rowsPerSecond: figure,
    }),
    { maxLength: 2 },
  ),
  notes: fc.array(text, { maxLength: 2 }),
  ...{ timerStepMs: number, seed: count },
})

/** Any report that Bakeoff could write, with the worst names in it. */
export const arbitraryReport: fc.Arbitrary<Report> = fc
  .record({
    names: fc.uniqueArray(name, { maxLength: 4 }),
    classes: fc.array(text, { minLength: 1, maxLength: 3 }),
    settings: named(fc.oneof(text, number, fc.boolean(), fc.constant(null))),
    dataName: text,
    columns: fc.array(text, { maxLength: 3 }),
    chosen: fc.option(arbitraryRows(text), { nil: null }),
    reason: text,
    events: fc.array(fc.record({ at: count, level: fc.constant('info' as const), text })),
    verdict: fc.constantFrom('better' as const, 'no evidence of a difference' as const),
    statistics,
    speed: fc.option(speed, { nil: null }),
    figures: fc.tuple(number, figure, figure),
  })
  .chain(
    ({
      names,
      classes,
      settings,
      dataName,
      columns,
      chosen: rowsChosen,
      reason,
      events,
      verdict,
      figures,
      speed: timed,
      statistics: behind,
    }) =>
      fc.tuple(...names.map((modelName) => model(modelName, classes.length))).map((models) => {
        const base = reportOf(models)
        const [baseline = 'a', candidate = 'b'] = names
        const [difference, pValue, low] = figures
        return {
          ...base,
          dataset: {
            ...base.dataset,
            name: dataName,
            chosen: rowsChosen,
            columns: columns.map((column) => ({ name: column, type: 'number' as const })),
          },
          task: { kind: 'classification' as const, settings, classes },
          plan: { ...base.plan, reason },
          metrics: [{ ...ACCURACY, label: reason }],
          ranking: rankModels(models, base.primaryMetric),
          comparisons: [
            {
              ...{
                baseline,
                candidate,
                metric: 'accuracy',
                difference,
                test: 'mcnemar-mid-p' as const,
                rows: 629,
              },
              interval: low === null ? null : ([low, low] as const),
              ...{ statistic: null, pValue, adjustedPValue: pValue, verdict },
            },
          ],
          statistics: behind,
          ...(timed === null ? {} : { speed: timed }),
          events,
        }
      }),
  )
