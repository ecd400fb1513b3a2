import type { AutomationResult } from '../../src/core/automation'
import { BackgroundBrowser } from './background-browser'
import { BakeoffPage } from './bakeoff-page'
import { endOfRun, rowsDone, startRun } from './drive-run'
import { expect, test } from './served'
import { dropSlowFiles, expectSameFigures, SLOW } from './slow-comparison'

/** Longer than any batch may be silent. */
const SLEEP_MS = 12_500

let background: BackgroundBrowser
let bakeoff: BakeoffPage

test.beforeEach(async ({ served }) => {
  background = await BackgroundBrowser.launch()
  bakeoff = new BakeoffPage(background.page, served.url)
  await bakeoff.open(SLOW.cores)
  await dropSlowFiles(bakeoff)
})
test.afterEach(async () => {
  await background.close()
})

/** No verdict on a hang that was none, and nothing tried twice or given up. */
function expectNoVerdict({ report }: AutomationResult): void {
  const log = report.events.map(({ text }) => text).join('\n')
  expect(log).not.toMatch(/stopped answering|took longer|does not answer|not saved/)
  expect(report.models.map(({ attempts }) => attempts)).toEqual([1, 1])
}

/** The whole run takes less than the sleep: no batch that was under way in it is among the times. */
function expectNoSleepInTimes({ report }: AutomationResult): void {
  for (const { timing } of report.models) {
    expect(timing?.rowsPerSecond).toBeGreaterThan(0)
    expect(timing?.totalMs).toBeLessThan(SLEEP_MS)
  }
}

test('J77 a tab that is frozen in mid-run goes on when it is back', async ({ browser, served }) => {
  const { page } = background
  await startRun(page, SLOW.settings)
  await rowsDone(page, SLOW.middle)
  await background.hide()
  await background.setLifecycle('frozen')
  await page.waitForTimeout(SLEEP_MS)
  await background.setLifecycle('active')
  await background.show()
  const result = await endOfRun(page)
  expectNoVerdict(result)
  expectNoSleepInTimes(result)
  expect(result.report.environment.disturbances.join(' ')).toContain('times are not comparable')
  await expectSameFigures(result.report, browser, served.url)
})

test('J78 a run finishes in a tab that is hidden all the time', async ({ browser, served }) => {
  const { page } = background
  await background.hide()
  await startRun(page, SLOW.settings)
  const result = await endOfRun(page)
  expectNoVerdict(result)
  expect(result.report.environment.disturbances).toEqual([
    'The tab was hidden for all of the run: times are not comparable.',
  ])
  await expectSameFigures(result.report, browser, served.url)
})

test('J79 a machine that sleeps in mid-run is no hang', async ({ browser, served }) => {
  const { page } = background
  await startRun(page, SLOW.settings)
  await rowsDone(page, SLOW.middle)
  await background.sleep(SLEEP_MS)
  const result = await endOfRun(page)
  expectNoVerdict(result)
  expectNoSleepInTimes(result)
  expect(result.report.environment.disturbances).toEqual([
    'The page stood still for part of the run, frozen or asleep: times are not comparable.',
  ])
  await expectSameFigures(result.report, browser, served.url)
})
