import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { ensureBuilt } from '../../src/headless/ensure-built.mjs'
import { openPage } from '../../src/headless/open-page'
import { judge } from './judge'
import { writeCsv, writeParquet } from './large-files'
import { RendererMemory } from './renderer-memory'
import type { BenchSection } from './section'
import { perceptron } from './write-models'

const MIB = 2 ** 20
/** `BENCH_SHARE=0.1`: a tenth of the rows, to look for what grows. */
const SHARE = Number(process.env['BENCH_SHARE'] ?? 1)
const CSV_BYTES = SHARE * 2e9
const CSV_COLUMNS = 20
const PARQUET_ROWS = SHARE * 20e6
const PARQUET_COLUMNS = 9
const LIMIT_MIB = 1024
const LONGEST_TASK_MS = 50
const PAGE_LIMIT_MS = 40 * 60_000

interface Measured {
  readonly readingSeconds: number
  readonly runSeconds: number
  readonly readingMib: number
  readonly runMib: number
  readonly longestTaskMs: number
  readonly rows: number
}

/** Memory of the page while a large file is read, two models answer it and are compared. */
export async function memory(): Promise<BenchSection> {
  if (!(await ensureBuilt())) throw new Error('The page could not be built.')
  const folder = mkdtempSync(join(tmpdir(), 'bakeoff-memory-'))
  try {
    const csv = join(folder, 'large.csv')
    await writeCsv(csv, CSV_BYTES, CSV_COLUMNS)
    const ofCsv = await measure(folder, csv, CSV_COLUMNS)
    const csvBytes = statSync(csv).size
    rmSync(csv)
    const parquet = join(folder, 'large.parquet')
    await writeParquet(parquet, PARQUET_ROWS, PARQUET_COLUMNS)
    const ofParquet = await measure(folder, parquet, PARQUET_COLUMNS)
    return section([
      { name: 'CSV', bytes: csvBytes, columns: CSV_COLUMNS, ...ofCsv },
      {
        ...{ name: 'Parquet', bytes: statSync(parquet).size, columns: PARQUET_COLUMNS },
        ...ofParquet,
      },
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, data: string, columns: number): Promise<Measured> {
  const models = ['one', 'other'].map((name, place) => {
    const path = join(folder, `${name}.onnx`)
    writeFileSync(path, perceptron([columns - 1, 8 + place, 1]))
    return path
  })
  const keeping = { folder: join(folder, `profile-${String(columns)}`), isResumed: false }
  const opened = await openPage('none', keeping, (text) => {
    console.error(text)
  })
  if (!opened.ok) throw new Error(opened.failure.message)
  const { page, context, close } = opened.value
  const browser = await context.browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await browser?.send('SystemInfo.getProcessInfo')) ?? {}
  const pid = processInfo.find(({ type }) => type === 'browser')?.id
  if (pid === undefined) throw new Error('The browser does not tell its processes.')
  const meter = new RendererMemory(pid)
  page.setDefaultTimeout(PAGE_LIMIT_MS)
  try {
    await watchTasks(page)
    await page.waitForFunction(() => window.bakeoff)
    const started = performance.now()
    const rows = await readFiles(page, [...models, data])
    const read = performance.now()
    const readingMib = meter.takePeak()
    await compare(page, columns)
    return {
      ...{ rows, readingMib, runMib: meter.takePeak() },
      ...{ readingSeconds: (read - started) / 1000, runSeconds: (performance.now() - read) / 1000 },
      longestTaskMs: await longestTask(page),
    }
  } finally {
    meter.stop()
    await close()
  }
}

async function readFiles(page: Page, paths: readonly string[]): Promise<number> {
  await page.setInputFiles('input[type=file][data-automation="files"]', [...paths])
  const { dataset, failures } = await page.evaluate(async () => {
    if (window.bakeoff === undefined) throw new Error('The page has not started.')
    return window.bakeoff.settled()
  })
  if (dataset === null) throw new Error(JSON.stringify(failures))
  return dataset.rows
}

async function compare(page: Page, columns: number): Promise<void> {
  const features = Array.from({ length: columns - 1 }, (_, column) => `x${String(column)}`)
  const problem = await page.evaluate(async (names) => {
    if (window.bakeoff === undefined) return 'The page has not started.'
    const setup = await window.bakeoff.configure({
      ...{ kind: 'regression', metric: null, target: 'y', features: names, reference: null },
      ...{ tolerance: null, filter: null, sample: null, baseline: null, policy: null },
      ...{ windows: null, evaluation: { backend: 'wasm' } },
    })
    if (!setup.ok) return setup.failure.message
    const result = await window.bakeoff.run()
    if (!result.ok) return result.failure.message
    const bad = result.value.report.models.find(({ status }) => status !== 'ok')
    return bad === undefined ? null : JSON.stringify(bad.error)
  }, features)
  if (problem !== null) throw new Error(problem)
}

interface TaskWatch {
  longest: number
}

/** Tasks of the page's own thread; the browser tells those of 50 ms and more. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch = { longest: 0 }
    Reflect.set(window, 'taskWatch', watch)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        watch.longest = Math.max(watch.longest, duration)
      }
    }).observe({ type: 'longtask' })
  })
}

async function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => (Reflect.get(window, 'taskWatch') as TaskWatch).longest)
}

function section(
  files: readonly (Measured & { name: string; bytes: number; columns: number })[],
): BenchSection {
  return {
    title: 'Memory of the page',
    method: `The built page in Chromium with a profile on disk: a file of numbers is read, two small models answer all rows on WASM, and are compared as regressors. Largest proportional set size (PSS) of the page's process, workers and code of the browser included, four times a second; tasks of the page's own thread as the browser counts them, from 50 ms on.`,
    header: [
      'file',
      'MiB',
      'rows',
      'columns',
      'read s',
      'run s',
      'reading MiB',
      'run MiB',
      'longest task ms',
    ],
    rows: files.map((file) => [
      ...[file.name, (file.bytes / MIB).toFixed(0), String(file.rows), String(file.columns)],
      ...[file.readingSeconds, file.runSeconds, file.readingMib, file.runMib].map((figure) =>
        figure.toFixed(0),
      ),
      file.longestTaskMs === 0 ? 'under 50' : file.longestTaskMs.toFixed(0),
    ]),
    verdicts: files.flatMap((file) => [
      judge(`${file.name}, peak MiB`, Math.max(file.readingMib, file.runMib), {
        atMost: LIMIT_MIB,
      }),
      judge(`${file.name}, longest task of the page in ms`, file.longestTaskMs, {
        atMost: LONGEST_TASK_MS,
      }),
    ]),
  }
}
