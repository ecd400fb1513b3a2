import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { DIST, fromRoot } from '../../src/headless/repository.mjs'
import { runNpm } from '../../src/headless/run-npm.mjs'
import { median } from '../bench/median'
import { startStaticHost } from '../e2e/static-host'

/**
 * `npm run lighthouse`: Google's audit of the built page, served with its headers file as a host
 * serves it, and its figures as `test/lighthouse/RESULTS.md`. Fails below the goal. Not among the
 * packages of this repository: npm fetches it for this one command.
 */
const LIGHTHOUSE = 'lighthouse@12.8.2'
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const
const METRICS = [
  ['first-contentful-paint', 'first paint'],
  ['largest-contentful-paint', 'largest paint'],
  ['total-blocking-time', 'blocked'],
  ['cumulative-layout-shift', 'layout shift'],
  ['total-byte-weight', 'bytes'],
] as const
const DEVICES = ['mobile', 'desktop'] as const
const RUNS = 3
const GOAL = 95
const RESULTS = fromRoot('test/lighthouse/RESULTS.md')

interface Audit {
  readonly title: string
  readonly score: number | null
  readonly numericValue?: number
  readonly displayValue?: string
}

interface LighthouseReport {
  readonly environment: { readonly hostUserAgent: string }
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>
  readonly audits: Readonly<Record<string, Audit>>
}

const folder = mkdtempSync(join(tmpdir(), 'bakeoff-lighthouse-'))
const host = await startStaticHost({
  ...{ folder: DIST, mount: '/', headers: 'file', hostName: '127.0.0.1' },
})
try {
  const reports = new Map<string, readonly LighthouseReport[]>()
  for (const device of DEVICES) reports.set(device, await auditOften(device))
  const text = describe(reports)
  writeFileSync(RESULTS, text)
  console.log(text)
  if (text.includes('✗')) process.exitCode = 1
} finally {
  await host.close()
  rmSync(folder, { recursive: true, force: true })
}

async function auditOften(device: (typeof DEVICES)[number]): Promise<readonly LighthouseReport[]> {
  const reports: LighthouseReport[] = []
  for (let run = 0; run < RUNS; run++) reports.push(await audit(device, run))
  return reports
}

async function audit(device: (typeof DEVICES)[number], run: number): Promise<LighthouseReport> {
  const file = join(folder, `${device}-${String(run)}.json`)
  const flags = ['--headless=new', ...chromiumArgs('none')].join(' ')
  const args = [
    ...['exec', '--yes', `--package=${LIGHTHOUSE}`, '--', 'lighthouse', host.url, '--quiet'],
    ...['--output=json', `--output-path=${file}`, `--chrome-flags=${flags}`],
    `--only-categories=${CATEGORIES.join(',')}`,
    ...(device === 'desktop' ? ['--preset=desktop'] : []),
  ]
  const { exitCode, output } = await runNpm(args, { CHROME_PATH: (await findChromium()) ?? '' })
  if (exitCode !== 0) throw new Error(`Lighthouse ended with ${String(exitCode)}: ${output}`)
  return JSON.parse(readFileSync(file, 'utf8')) as LighthouseReport
}

function describe(reports: ReadonlyMap<string, readonly LighthouseReport[]>): string {
  const [first] = [...reports.values()].flat()
  const browser = /Chrome\/[\d.]+/.exec(first?.environment.hostUserAgent ?? '')?.[0] ?? 'Chromium'
  const lines = [
    '# Lighthouse',
    '',
    `Made by \`npm run lighthouse\` on ${new Date().toISOString().slice(0, 10)}: ${LIGHTHOUSE}, ${browser},`,
    `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${String(cpus().length)} cores, shared with other work. The built page's first state,`,
    'served by a local host that sends what `_headers` says and compresses text; simulated throttling',
    `(mobile: slow 4G and a processor 4 times slower); medians of ${String(RUNS)} loads, each in a new profile.`,
    '',
    `| | ${CATEGORIES.join(' | ')} | ${METRICS.map(([, label]) => label).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(CATEGORIES.length + METRICS.length)}`,
  ]
  const failed = new Set<string>()
  for (const [device, loads] of reports) {
    const scores = CATEGORIES.map((id) => {
      const score = median(loads.map((load) => (load.categories[id]?.score ?? 0) * 100))
      return `${String(Math.round(score))} ${score >= GOAL ? '✓' : '✗'}`
    })
    const figures = METRICS.map(([id]) =>
      formatFigure(id, median(loads.map((load) => load.audits[id]?.numericValue ?? NaN))),
    )
    lines.push(`| ${device} | ${[...scores, ...figures].join(' | ')} |`)
    for (const { audits } of loads) {
      for (const { title, score, displayValue } of Object.values(audits)) {
        if (score !== null && score < 0.9) failed.add(`${device}: ${title} ${displayValue ?? ''}`)
      }
    }
  }
  console.log([...failed].join('\n'))
  lines.push('', `Goal: each category at least ${String(GOAL)}.`, '')
  return lines.join('\n')
}

function formatFigure(id: (typeof METRICS)[number][0], value: number): string {
  if (id === 'cumulative-layout-shift') return value.toFixed(3)
  if (id === 'total-byte-weight') return `${(value / 1000).toFixed(0)} kB`
  return `${value.toFixed(0)} ms`
}
