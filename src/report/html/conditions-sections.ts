import {
  formatBackend,
  formatBytes,
  formatCount,
  formatDuration,
  formatList,
  formatQuantity,
  UNDEFINED_FIGURE,
} from '../../core/format'
import type { Report, ReportModel } from '../../core/report'
import { describeRows } from '../describe-rows'
import { rankedModels } from '../ranked-models'
import { markup, type Html, type HtmlPart } from './markup'
import { htmlTable, type HtmlColumn } from './html-table'

const FEATURES_SHOWN = 40

type Fact = readonly [string, HtmlPart]

/** On what, with what and how the figures came about: everything needed to get them again. */
export function conditionsSection(report: Report): Html {
  const facts = [...dataFacts(report), ...machineFacts(report), ...settingFacts(report)]
  return markup`<section>
    <h2>Conditions</h2>
    <dl>
      ${facts.map(
        ([name, value]) =>
          markup`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </section>`
}

function dataFacts({ dataset, task }: Report): readonly Fact[] {
  const { roles } = dataset
  const shown = roles.features.slice(0, FEATURES_SHOWN)
  const more = roles.features.length - shown.length
  const market = Object.entries({ open: roles.open, close: roles.close, spread: roles.spread })
    .flatMap(([part, name]) => (name == null ? [] : [`${part} ${name}`]))
    .join(', ')
  return [
    ['Data', dataset.name],
    ['SHA-256 of the data', markup`<span class="mono">${dataset.sha256}</span>`],
    ['Rows', `${describeRows(dataset)}; the data itself is not in this report`],
    ['Task', roles.target === null ? task.kind : `${task.kind}, target ${roles.target}`],
    ...(roles.reference === undefined || roles.reference.length === 0
      ? []
      : [['Recorded answers', roles.reference.join(', ')] as const]),
    ...(roles.time === null ? [] : [['Time', roles.time] as const]),
    ...(market === '' ? [] : [['Market', market] as const]),
    [
      `Features (${formatCount(roles.features.length)})`,
      shown.join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : ''),
    ],
  ]
}

function machineFacts({ environment, plan, generator, createdAt }: Report): readonly Fact[] {
  const { adapter, runtime } = environment
  const gpu =
    adapter === null
      ? 'none'
      : [adapter.description, adapter.vendor, adapter.architecture]
          .filter((part) => part !== '')
          .concat(adapter.isFallback ? ['software'] : [])
          .join(', ')
  return [
    ['Made', `${createdAt} by ${generator.name} ${generator.version}`],
    ['Runtime', `${runtime.name} ${runtime.version}`],
    ['GPU adapter', gpu],
    ['Cores', formatCount(environment.cores)],
    ['Browser', environment.userAgent],
    [
      'Cross-origin isolated',
      environment.crossOriginIsolated ? 'yes: threads and shared memory' : 'no: one thread',
    ],
    ['Plan', plan.reason],
    ...environment.disturbances.map((text) => ['Disturbed', text] as const),
  ]
}

function settingFacts({ task, statistics }: Report): readonly Fact[] {
  const pairing = statistics?.pairing ?? null
  return [
    ...(pairing === null
      ? []
      : [
          [
            'Paired by',
            markup`${formatQuantity(pairing.rows, 'true answer')}, SHA-256 <span class="mono">${pairing.sha256}</span>`,
          ] as const,
        ]),
    [
      'Settings',
      Object.entries(task.settings)
        .map(([name, value]) => `${name} ${value === null ? 'automatic' : String(value)}`)
        .join(', '),
    ],
  ]
}

export function modelsSection(report: Report): Html {
  const columns: readonly HtmlColumn<ReportModel>[] = [
    { title: 'Model', cell: ({ name }) => name },
    { title: 'Ran', cell: howItRan },
    { title: 'Parameters', isFigure: true, cell: ({ parameters }) => formatCount(parameters) },
    {
      title: 'Opset',
      isFigure: true,
      cell: ({ opset }) => (opset === null ? UNDEFINED_FIGURE : String(opset)),
    },
    {
      title: 'Load, first batch, all',
      cell: ({ timing }) =>
        timing === null
          ? UNDEFINED_FIGURE
          : [timing.loadMs, timing.firstBatchMs, timing.totalMs]
              .map((ms) => (ms === null ? UNDEFINED_FIGURE : formatDuration(ms)))
              .join(', '),
    },
    { title: 'SHA-256', cell: ({ sha256 }) => markup`<span class="mono">${sha256}</span>` },
  ]
  return markup`<section>
    <h2>Models</h2>
    ${htmlTable('Models', columns, rankedModels(report))}
  </section>`
}

function howItRan(model: ReportModel): string {
  const { backend, threads, batchSize, attempts, memory, keptRows, parity, failedAttempts } = model
  return [
    backend === null ? 'not run' : formatBackend(backend, threads),
    batchSize === null ? null : `batches of ${formatCount(batchSize)}`,
    attempts > 1 ? formatQuantity(attempts, 'attempt') : null,
    failedAttempts.length === 0
      ? null
      : `after ${formatList(failedAttempts.map(({ error }) => error.message))}`,
    keptRows > 0 ? `${formatQuantity(keptRows, 'row')} kept from an earlier run` : null,
    parity === null
      ? null
      : `GPU ${parity.agrees ? 'agrees' : 'disagrees'} with CPU on ${formatQuantity(parity.rows, 'row')}`,
    memory === null ? null : `${formatBytes(memory.bytes)} at most`,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

/** What was odd, and how answers were read. */
export function remarksSection({ dataset, models, statistics }: Report): Html | null {
  const remarks = [
    ...dataset.warnings,
    ...(statistics?.notes ?? []),
    ...(statistics?.problem == null ? [] : [statistics.problem]),
    ...models.flatMap(({ name, warnings, notes }) =>
      [...warnings, ...notes].map((text) => `${name}: ${text}`),
    ),
  ]
  if (remarks.length === 0) return null
  return markup`<section>
    <h2>Remarks</h2>
    <ul>
      ${remarks.map((text) => markup`<li>${text}</li>`)}
    </ul>
  </section>`
}

export function logSection({ events }: Report): Html | null {
  if (events.length === 0) return null
  const columns: readonly HtmlColumn<Report['events'][number]>[] = [
    { title: 'At', isFigure: true, cell: ({ at }) => formatDuration(at) },
    { title: 'Level', cell: ({ level }) => level },
    { title: 'What happened', cell: ({ text }) => text },
  ]
  return markup`<section>
    <h2>Run log</h2>
    <details>
      <summary>${formatQuantity(events.length, 'line')}</summary>
      ${htmlTable('Run log', columns, events)}
    </details>
  </section>`
}
