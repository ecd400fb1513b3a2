import type { Browser, Page } from '@playwright/test'
import type { AutomationResult } from '../../src/core/automation'
import type { Report } from '../../src/core/report'
import { BakeoffPage } from './bakeoff-page'
import { digitsTimes, endOfRun, rowsDone, startRun } from './drive-run'
import { demoModel, fixtureModel } from './input-files'
import { expect, test } from './page-test'

/** One thread and small batches: answers reach the disk every 2 s, on any machine. */
const CORES = 1
const SETTINGS = { backend: 'wasm', batchSize: 16 } as const
const TIMES = 3
const ROWS = TIMES * 629
/** The first model has ended, the second is in the middle. */
const MIDDLE = ROWS + 16
/** Longer than any batch may be silent. */
const SLEEP_MS = 12_500

test.use({ cores: CORES })

async function dropFiles(bakeoff: BakeoffPage): Promise<void> {
  await bakeoff.add(demoModel('digits_mlp'), fixtureModel('digits_slow'), digitsTimes(TIMES))
}

let undisturbed: Promise<Report> | null = null

/** The same comparison in a browser context of its own. */
function undisturbedReport(browser: Browser, url: string): Promise<Report> {
  undisturbed ??= (async () => {
    const page = await browser.newPage()
    const bakeoff = new BakeoffPage(page, url)
    await bakeoff.open(CORES)
    await dropFiles(bakeoff)
    await startRun(page, SETTINGS)
    const { report } = await endOfRun(page)
    await page.context().close()
    return report
  })()
  return undisturbed
}

function figures({ models, ranking, dataset }: Report) {
  const of = models.map(({ name, status, metrics, details }) => ({
    name,
    status,
    metrics,
    details,
  }))
  return { of, ranking, rows: dataset.rows, sha256: dataset.sha256 }
}

function logOf({ report }: AutomationResult): string {
  return report.events.map(({ text }) => text).join('\n')
}

/** Every figure bit for bit, and no verdict on a hang that was none. */
async function expectUndisturbed(
  result: AutomationResult,
  browser: Browser,
  url: string,
): Promise<void> {
  expect(logOf(result)).not.toMatch(/stopped answering|took longer|does not answer/)
  expect(figures(result.report)).toEqual(figures(await undisturbedReport(browser, url)))
}

async function setLifecycle(page: Page, state: 'frozen' | 'active'): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setWebLifecycleState', { state })
  await session.detach()
}

test('J77, J79 a page that sleeps in mid-run goes on, and says that its times are disturbed', async ({
  bakeoff,
  browser,
  page,
  served,
}) => {
  await dropFiles(bakeoff)
  await startRun(page, SETTINGS)
  await rowsDone(page, MIDDLE)
  await setLifecycle(page, 'frozen')
  await page.waitForTimeout(SLEEP_MS)
  await setLifecycle(page, 'active')
  const result = await endOfRun(page)
  expect(result.report.models.map(({ attempts }) => attempts)).toEqual([1, 1])
  expect(result.report.environment.disturbances).toEqual([
    expect.stringContaining('The page stood still'),
  ])
  await expectUndisturbed(result, browser, served.url)
})
