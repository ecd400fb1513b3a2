import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { judge } from './judge'
import { median } from './median'
import type { BenchSection } from './section'

const BLOCKS = 5
const STOPS = 10
const CRASHES = 3
const POLL_MS = 5

/** What keeping answers on disk costs, how fast Stop is, and how fast a crashed GPU is back. */
export async function recovery(page: Page): Promise<BenchSection> {
  await prepare(page, 'demo/digits_cnn.onnx', 60_000)
  const journal = await journalCost(page)
  const stops: number[] = []
  for (let stop = 0; stop < STOPS; stop += 1) {
    stops.push(
      await page.evaluate(() => window.bench.stop({ batchSize: 256, threads: 1, lanes: 1 })),
    )
  }
  const ours: number[] = []
  const bare: number[] = []
  for (let crash = 0; crash < CRASHES; crash += 1) {
    bare.push(await inFreshBrowser(page.url(), bareRecovery))
    ours.push(await inFreshBrowser(page.url(), ourRecovery))
  }
  const gain = median(ours.map((ms, index) => ms / (bare[index] ?? NaN)))
  return {
    title: 'Journal, stop and recovery',
    method: `Journal: digits_cnn over 60,000 rows with and without, ${String(BLOCKS)} blocks in ABBA order. Stop: in mid-run, ${String(STOPS)} times, until the run has ended. Recovery: from a crash of the GPU process (software WebGPU) to the next finished rows, against a bare terminate, respawn, load and first batch; ${String(CRASHES)} pairs, a fresh browser each.`,
    header: ['what', 'median', 'largest'],
    rows: [
      ['run with journal / without', journal.toFixed(3), ''],
      ['Stop, ms', median(stops).toFixed(1), Math.max(...stops).toFixed(1)],
      ['recovery, ms', median(ours).toFixed(0), Math.max(...ours).toFixed(0)],
      ['bare respawn, ms', median(bare).toFixed(0), Math.max(...bare).toFixed(0)],
    ],
    verdicts: [
      judge('run with journal / without', journal, { atMost: 1.02 }),
      judge('largest Stop, ms', Math.max(...stops), { atMost: 100 }),
      judge('recovery / bare respawn', gain, { atMost: 1.5 }),
    ],
  }
}

async function journalCost(page: Page): Promise<number> {
  const run = (isJournalled: boolean) =>
    page
      .evaluate(
        (kept) => window.bench.ours({ batchSize: 256, threads: 1, lanes: 1, isJournalled: kept }),
        isJournalled,
      )
      .then(({ evaluateMs }) => evaluateMs[0] ?? NaN)
  const ratios: number[] = []
  for (let block = 0; block < BLOCKS; block += 1) {
    const [a, b, c, d] = [await run(true), await run(false), await run(false), await run(true)]
    ratios.push((a + d) / (b + c))
  }
  return median(ratios)
}

/** The browser takes WebGPU away after two crashes: every crash gets a browser of its own. */
async function inFreshBrowser(
  url: string,
  measure: (page: Page, browser: Browser) => Promise<number>,
): Promise<number> {
  const executablePath = await findChromium()
  if (executablePath === null) throw new Error('The bench needs Chromium.')
  const browser = await chromium.launch({ executablePath, args: chromiumArgs('software') })
  try {
    const page = await browser.newPage()
    await page.goto(url)
    await prepare(page, 'demo/digits_mlp.onnx', 20_000)
    return await measure(page, browser)
  } finally {
    await browser.close()
  }
}

async function ourRecovery(page: Page, browser: Browser): Promise<number> {
  await page.evaluate(() => {
    window.bench.begin({ batchSize: 64, threads: 1, lanes: 1, backend: 'webgpu' })
  })
  await rowsAbove(page, 500)
  const started = performance.now()
  await crashGpu(browser)
  await page.waitForFunction(() => window.bench.hasRecovered(), null, { polling: POLL_MS })
  return performance.now() - started
}

async function bareRecovery(page: Page, browser: Browser): Promise<number> {
  await page.evaluate(() => window.bench.beginBare())
  const started = performance.now()
  await crashGpu(browser)
  await page.evaluate(() => window.bench.beginBare())
  return performance.now() - started
}

async function rowsAbove(page: Page, rows: number): Promise<void> {
  await page.waitForFunction((wanted) => window.bench.rowsSeen() > wanted, rows, {
    polling: POLL_MS,
  })
}

async function crashGpu(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession()
  // The call itself may die with the process.
  await session.send('Browser.crashGpuProcess').catch(() => undefined)
}

function prepare(page: Page, model: string, rows: number): Promise<void> {
  return page.evaluate(([url, count]) => window.bench.prepare([url], 'demo/digits.csv', count), [
    model,
    rows,
  ] as const)
}
