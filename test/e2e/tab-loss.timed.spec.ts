import type { BrowserContext, Page } from '@playwright/test'
import { BakeoffPage } from './bakeoff-page'
import { endOfRun, rowsDone, startRun } from './drive-run'
import { expect, test } from './page-test'
import { dropSlowFiles, expectSameFigures, SLOW } from './slow-comparison'

test.use({ cores: SLOW.cores })

/** A tab that answers nothing any more: the renderer process is gone. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  void session.send('Page.crash').catch(() => undefined)
  await crashed
}

const endings: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['C23, I73 a page that crashes', crash],
  ['J80 a tab that is closed', (page) => page.close()],
  ['J80 a page that is loaded again', (page) => page.reload().then(() => page.close())],
]

async function reopen(context: BrowserContext, url: string): Promise<BakeoffPage> {
  const bakeoff = new BakeoffPage(await context.newPage(), url)
  await bakeoff.open(SLOW.cores)
  return bakeoff
}

for (const [name, end] of endings) {
  test(`${name} in mid-run is offered to be resumed, and ends as if nothing had been`, async ({
    bakeoff,
    browser,
    context,
    page,
    served,
  }) => {
    await dropSlowFiles(bakeoff)
    await startRun(page, SLOW.settings)
    await rowsDone(page, SLOW.middle)
    await end(page)

    const again = await reopen(context, served.url)
    const offers = again.page.getByRole('region', { name: 'Unfinished comparisons' })
    await expect(offers).toContainText(/2 models on digits\.csv, interrupted at \d+\s?%\./)
    await offers.getByRole('button', { name: 'Resume: 2 models on digits.csv' }).click()
    await again.ended()
    const report = await again.readReport()
    const [mlp, slow] = report.models
    expect(mlp).toMatchObject({ keptRows: SLOW.rows, attempts: 0 })
    expect(slow?.keptRows).toBeGreaterThan(0)
    expect(slow?.keptRows).toBeLessThan(SLOW.rows)
    await expectSameFigures(report, browser, served.url)

    // Nothing is left to resume, and all of it is kept.
    const later = await reopen(context, served.url)
    await expect(later.page.getByRole('button', { name: /^Resume/ })).toHaveCount(0)
    await dropSlowFiles(later)
    await startRun(later.page, SLOW.settings)
    const repeated = await endOfRun(later.page)
    expect(repeated.report.models.map(({ keptRows }) => keptRows)).toEqual([SLOW.rows, SLOW.rows])
    await expectSameFigures(repeated.report, browser, served.url)
  })
}

test('I71 a disk that is full leaves the run going in memory, with one line', async ({
  bakeoff,
  browser,
  context,
  page,
  served,
}) => {
  // Chromium remembers for a while how much room there was: the page opens when there is none.
  await page.close()
  const { origin } = new URL(served.url)
  const tab = await context.newPage()
  const session = await context.newCDPSession(tab)
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  const full = new BakeoffPage(tab, bakeoff.url)
  await full.open(SLOW.cores)
  await dropSlowFiles(full)
  await startRun(tab, SLOW.settings)
  const { report } = await endOfRun(tab)
  await expectSameFigures(report, browser, served.url)
  const lines = report.events.filter(({ text }) => text.includes('not saved'))
  expect(lines.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^The disk space for this page is used up\./),
  ])
  await expect(tab.getByText('The disk space for this page is used up.').first()).toBeVisible()
  await expect(tab.getByRole('button', { name: 'Download report', exact: true })).toBeVisible()

  // With room again, the next run saves again.
  await session.send('Storage.overrideQuotaForOrigin', { origin })
  await startRun(tab, SLOW.settings)
  const next = await endOfRun(tab)
  expect(next.report.events.filter(({ text }) => text.includes('not saved'))).toEqual([])
  await startRun(tab, SLOW.settings)
  const kept = await endOfRun(tab)
  expect(kept.report.models.map(({ keptRows }) => keptRows)).toEqual([SLOW.rows, SLOW.rows])
})
