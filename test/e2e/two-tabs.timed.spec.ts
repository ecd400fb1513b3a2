import { BakeoffPage } from './bakeoff-page'
import { endOfRun, rowsDone, startRun } from './drive-run'
import { expect, test } from './page-test'
import { dropSlowFiles, expectSameFigures, SLOW } from './slow-comparison'

test.use({ cores: SLOW.cores })

test('K83 two tabs at the same comparison at once keep one set of whole answers', async ({
  bakeoff,
  browser,
  context,
  served,
}) => {
  const other = new BakeoffPage(await context.newPage(), bakeoff.url)
  await other.open(SLOW.cores)
  const tabs = [bakeoff, other]
  for (const tab of tabs) await dropSlowFiles(tab)
  await Promise.all(tabs.map((tab) => startRun(tab.page, SLOW.settings)))
  const results = await Promise.all(tabs.map((tab) => endOfRun(tab.page)))
  for (const { report } of results) {
    expect(report.events.filter(({ level }) => level !== 'info')).toEqual([])
    await expectSameFigures(report, browser, served.url)
  }
  await startRun(other.page, SLOW.settings)
  const { report } = await endOfRun(other.page)
  expect(report.models.map(({ keptRows }) => keptRows)).toEqual([SLOW.rows, SLOW.rows])
  await expectSameFigures(report, browser, served.url)
})

test('K83 a tab resumes what another is offered too: the other one hears of it', async ({
  bakeoff,
  context,
  page,
}) => {
  await dropSlowFiles(bakeoff)
  await startRun(page, SLOW.settings)
  await rowsDone(page, SLOW.middle)
  const [first, second] = [await context.newPage(), await context.newPage()].map(
    (tab) => new BakeoffPage(tab, bakeoff.url),
  )
  if (first === undefined || second === undefined) throw new Error('two tabs were asked for')
  for (const tab of [first, second]) await tab.open(SLOW.cores)
  const resume = (tab: BakeoffPage) => tab.page.getByRole('button', { name: /^Resume/ })
  // A comparison that a tab is running is nobody else's to resume.
  await expect(resume(first)).toHaveCount(0)
  await page.close()
  for (const tab of [first, second]) await expect(resume(tab)).toBeVisible()
  await resume(first).click()
  await resume(second).click()
  await expect(second.page.getByText('another tab has resumed or deleted it')).toBeVisible()
  await first.ended()
  expect((await first.readReport()).models.map(({ status }) => status)).toEqual(['ok', 'ok'])
})

test('K84 a newer version in another tab is not kept waiting; this one goes on in memory', async ({
  bakeoff,
  browser,
  context,
  page,
  served,
}) => {
  await dropSlowFiles(bakeoff)
  await startRun(page, SLOW.settings)
  await rowsDone(page, SLOW.middle)
  const newer = await context.newPage()
  await newer.goto(`${served.url}licenses.txt`)
  const upgradeMs = await newer.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const startedAt = performance.now()
        const opening = indexedDB.open('bakeoff', 1_000)
        opening.onerror = () => {
          reject(new Error(opening.error?.message))
        }
        opening.onsuccess = () => {
          opening.result.close()
          resolve(performance.now() - startedAt)
        }
      }),
  )
  expect(upgradeMs).toBeLessThan(2_000)
  const warning = 'Another tab runs a newer Bakeoff. Reload this tab to save results again.'
  await expect(page.getByText(warning).first()).toBeVisible()
  const { report } = await endOfRun(page)
  expect(report.events.filter(({ text }) => text === warning)).toHaveLength(1)
  await expectSameFigures(report, browser, served.url)

  // An old page that is opened afterwards runs too, and says why it saves nothing.
  const old = new BakeoffPage(await context.newPage(), bakeoff.url)
  await old.open(SLOW.cores)
  await dropSlowFiles(old)
  await startRun(old.page, SLOW.settings)
  const { report: again } = await endOfRun(old.page)
  expect(again.events.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^A newer Bakeoff has kept results here\./),
  )
  await expectSameFigures(again, browser, served.url)
})
