import type { Page } from '@playwright/test'
import type { Report } from '../../src/core/report'
import type { BakeoffPage } from './bakeoff-page'
import { endOfRun, rowsDone, startRun } from './drive-run'
import { demoModel, DIGITS } from './input-files'
import { expect, test } from './page-test'
import { dropSlowFiles, expectSameFigures, SLOW } from './slow-comparison'
import { watchEvaluators } from './watch-evaluators'

test.use({ cores: SLOW.cores })

/** The page goes away while the second model is in the middle. */
async function interrupt(bakeoff: BakeoffPage): Promise<void> {
  await dropSlowFiles(bakeoff)
  await startRun(bakeoff.page, SLOW.settings)
  await rowsDone(bakeoff.page, SLOW.rows + 200)
  await bakeoff.page.reload()
}

async function openStorage(page: Page) {
  await page.getByRole('button', { name: 'Storage' }).click()
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible()
  return page.locator('.storage')
}

function metricsOf({ models }: Report) {
  return models.map(({ metrics }) => metrics)
}

const offers = (page: Page) => page.getByRole('region', { name: 'Unfinished comparisons' })

test('C23, J80 a reloaded page resumes and ends with the figures of an undisturbed run', async ({
  bakeoff,
  browser,
  page,
  served,
}) => {
  await interrupt(bakeoff)
  await expect(offers(page)).toContainText(/2 models on digits\.csv, interrupted at [5-9]\d\s%\./)
  await page.getByRole('button', { name: 'Resume: 2 models on digits.csv' }).click()
  await expect(page.getByText(/went on after \d+ kept rows/)).toBeVisible()
  await bakeoff.ended()
  await expect(
    page.getByText(/1 model kept from .*, not run again · 1 model went on/),
  ).toBeVisible()
  const report = await bakeoff.readReport()
  const [mlp, slow] = report.models
  expect(mlp).toMatchObject({ keptRows: SLOW.rows, attempts: 0, threads: 1 })
  expect(slow?.keptRows).toBeGreaterThanOrEqual(200)
  expect(slow?.keptRows).toBeLessThan(SLOW.rows)
  await expectSameFigures(report, browser, served.url)
  expect(report.task.settings['batchSize']).toBe(SLOW.settings.batchSize)

  await page.reload()
  await expect(bakeoff.heading).toBeVisible()
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBe(1)
  await expect(offers(page)).toBeHidden()
})

test('an unchanged model is not run again, unless it is asked for', async ({ bakeoff, page }) => {
  await bakeoff.add(demoModel('digits_mlp'), demoModel('digits_linear'), DIGITS)
  await bakeoff.compare(2)
  const first = await bakeoff.readReport()
  const evaluators = watchEvaluators(bakeoff)
  await page.getByRole('button', { name: 'Change setup' }).click()
  await bakeoff.compare(2)
  const kept = page.getByText(/all answers kept from .*, not run again/)
  await expect(kept).toBeVisible()
  expect(evaluators.started).toBe(0)
  const second = await bakeoff.readReport()
  expect(metricsOf(second)).toEqual(metricsOf(first))
  expect(second.models.map(({ keptRows }) => keptRows)).toEqual([629, 629])
  const panel = await bakeoff.openTab('Speed')
  await expect(panel).toContainText(
    'Times of digits_mlp and digits_linear are from the run that computed the kept answers.',
  )

  await page.getByRole('button', { name: 'Compare again' }).click()
  await bakeoff.ended()
  await expect(kept).toBeHidden()
  expect(evaluators.started).toBe(1)

  await page.getByRole('button', { name: 'Change setup' }).click()
  await page.getByText('Options').click()
  await page.getByLabel('Use kept answers').uncheck()
  await bakeoff.compare(2)
  await expect(kept).toBeHidden()
  expect(evaluators.started).toBe(2)
  expect((await bakeoff.readReport()).task.settings['useKept']).toBe(false)
})

test('storage says what is kept and deletes it; deleted answers are computed again', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(demoModel('digits_mlp'), demoModel('digits_linear'), DIGITS)
  await bakeoff.compare(2)
  const storage = await openStorage(page)
  await expect(storage.getByRole('listitem')).toHaveCount(2)
  // 629 rows of ten float32 scores.
  await expect(storage.getByRole('listitem').first()).toContainText(
    /digits_\w+ on digits\.csv\s*629 rows · WASM · .*20\d\d, \d\d:\d\d · about 25\.2 kB/,
  )
  await expect(storage).toContainText(/The browser’s estimate for all that this site keeps: /)
  await storage.getByRole('button', { name: 'Delete digits_mlp on digits.csv' }).click()
  await expect(storage.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: 'Change setup' }).click()
  await bakeoff.compare(2)
  expect((await bakeoff.readReport()).models.map(({ keptRows }) => keptRows)).toEqual([0, 629])

  await storage.getByRole('button', { name: 'Delete all' }).click()
  await storage.getByRole('button', { name: 'Keep it' }).click()
  await expect(storage.getByRole('listitem')).toHaveCount(2)
  await storage.getByRole('button', { name: 'Delete all' }).click()
  await storage.getByRole('button', { name: 'Delete it' }).click()
  await expect(storage.getByText('Nothing is kept.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(storage).toBeHidden()
  await expect(page.getByRole('button', { name: 'Storage' })).toBeFocused()
  await page.reload()
  await expect((await openStorage(page)).getByText('Nothing is kept.')).toBeVisible()
})

test('K83 a comparison that another tab has deleted or runs is none to resume here', async ({
  bakeoff,
  page,
  served,
}) => {
  await interrupt(bakeoff)
  await expect(offers(page)).toBeVisible()
  const other = await page.context().newPage()
  await other.goto(served.url)
  await offers(other)
    .getByRole('button', { name: /^Forget/ })
    .click()
  await expect(offers(other)).toBeHidden()
  await offers(page)
    .getByRole('button', { name: /^Resume/ })
    .click()
  await expect(
    page.getByText('2 models on digits.csv is gone: another tab has resumed or deleted it.'),
  ).toBeVisible()
  await expect(offers(page)).toBeHidden()

  // The rows are still there. What one tab runs, no other tab offers, until that tab dies.
  await dropSlowFiles(bakeoff)
  await startRun(page, SLOW.settings)
  await rowsDone(page, SLOW.rows + 400)
  await other.reload()
  const storage = await openStorage(other)
  await expect(storage.getByRole('listitem')).toHaveCount(2)
  await expect(offers(other)).toBeHidden()
  await page.close()
  await expect(offers(other)).toContainText('2 models on digits.csv')
})

test('files that were too large to keep are named, to be dropped again', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(demoModel('digits_mlp'), DIGITS)
  await expect(bakeoff.runButton).toBeEnabled()
  // As an earlier page leaves it that died with files beyond the limit.
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('bakeoff')
      opening.onsuccess = () => {
        resolve(opening.result)
      }
    })
    const transaction = database.transaction('sessions', 'readwrite')
    transaction.objectStore('sessions').put({
      id: 'large',
      startedAt: Date.now(),
      title: '1 model on digits.csv',
      rowsDone: 10,
      rowsTotal: 629,
      hasFiles: false,
      fileNames: ['digits_mlp.onnx', 'digits.csv'],
      setup: null,
    })
    await new Promise((resolve) => {
      transaction.oncomplete = resolve
    })
    database.close()
  })
  await page.reload()
  await expect(offers(page)).toContainText('interrupted at 1\u202f%')
  await expect(offers(page)).toContainText('Drop digits_mlp.onnx and digits.csv again and compare')
  await expect(offers(page).getByRole('button', { name: /^Resume/ })).toBeHidden()
  await bakeoff.add(demoModel('digits_mlp'), DIGITS)
  await bakeoff.compare(1)
  await page.getByRole('button', { name: 'Change setup' }).click()
  await expect(offers(page)).toBeHidden()
})

test('I71, J80 a full disk is said once, the run goes on, and closing the page is asked about', async ({
  bakeoff,
  page,
  served,
}) => {
  const session = await page.context().newCDPSession(page)
  const { origin } = new URL(served.url)
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000 })
  await dropSlowFiles(bakeoff)
  await expect(bakeoff.runButton).toBeEnabled()
  await bakeoff.runButton.click()
  const line = page.getByText(
    /^Note The disk space for this page is used up\. Results are not saved/,
  )
  await expect(line).toHaveCount(1)
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await bakeoff.ended()
  await expect(line).toHaveCount(1)
  const downloaded = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download report', exact: true }).click()
  expect((await downloaded).suggestedFilename()).toMatch(/^bakeoff-.*\.json$/)
  const report = await bakeoff.readReport()
  expect(report.models.map(({ status }) => status)).toEqual(['ok', 'ok'])
  const warnings = report.events.filter(({ text }) => text.includes('The disk space'))
  expect(warnings.map(({ level }) => level)).toEqual(['warning'])

  // With space again the next run saves, without a reload.
  await session.send('Storage.overrideQuotaForOrigin', { origin })
  await page.getByRole('button', { name: 'Compare again' }).click()
  await expect(bakeoff.heading).toHaveText(/^Comparing/)
  await expect(line).toBeHidden()
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => page.isClosed()).toBe(true)
})

test('A1 a second comparison waits for its turn, and says so', async ({ bakeoff, page }) => {
  const evaluators = watchEvaluators(bakeoff)
  await dropSlowFiles(bakeoff)
  await startRun(page, SLOW.settings)
  await rowsDone(page, SLOW.rows + 16)
  await page.evaluate(() => {
    const second = window.bakeoff?.run()
    Object.assign(window, { second })
  })
  await expect(
    page.getByText('1 comparison waiting: begins when this one has ended.'),
  ).toBeVisible()
  const first = await endOfRun(page)
  expect(first.report.events.map(({ text }) => text)).toContain(
    'Another comparison was asked for: it starts when this one has ended.',
  )
  const second = await page.evaluate(
    () =>
      (window as unknown as { second: ReturnType<NonNullable<typeof window.bakeoff>['run']> })
        .second,
  )
  expect(second).toMatchObject({ ok: true })
  if (second.ok) expect(metricsOf(second.value.report)).toEqual(metricsOf(first.report))
  expect(evaluators.mostAtOnce).toBe(1)
})
