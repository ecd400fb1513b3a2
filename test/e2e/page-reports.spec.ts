import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Download, Page } from '@playwright/test'
import Papa from 'papaparse'
import { reportHtml } from '../../src/report/report-html'
import { HOSTILE_TEXTS } from '../unit/report/arbitrary-report'
import { reportModel, reportOf } from '../unit/report/report-model'
import { expectAccessible } from './expect-accessible'
import { demoModel, DIGITS, madeUp } from './input-files'
import { expect, test } from './page-test'
import { runBakeoff } from './run-bakeoff'

async function downloaded(page: Page, button: string): Promise<Download> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('group', { name: 'Download' }).getByRole('button', { name: button }).click()
  return waiting
}

test('a report is downloaded in each form and opens again, on the page and in the command', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_mlp'), DIGITS)
  await bakeoff.compare(2)
  // Words that belong together are joined by no-break spaces on the page alone.
  const sentence = (await bakeoff.heading.innerText()).replaceAll('\u00a0', ' ')
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  await expectAccessible(page, 'downloads')
  const html = await downloaded(page, 'Page (HTML)')
  const json = await downloaded(page, 'Report (JSON)')
  expect(html.suggestedFilename()).toMatch(/^bakeoff-[\dT-]+\.html$/)
  const markdown = await downloaded(page, 'Markdown')
  const lines = readFileSync(await markdown.path(), 'utf8').split('\n')
  expect(lines.find((line) => line.includes('mlp') && line.startsWith('|'))).toMatch(
    /^\| 1 \| digits\\_mlp \| 0\.978 \|/,
  )
  await page.getByLabel('Table').selectOption('per-class')
  const csv = await downloaded(page, 'Table (CSV)')
  expect(csv.suggestedFilename()).toMatch(/-per-class\.csv$/)
  const table = Papa.parse(readFileSync(await csv.path(), 'utf8'), { skipEmptyLines: true })
  expect(table.data).toHaveLength(1 + 2 * 10)

  await page.getByRole('button', { name: 'Start over' }).click()
  for (const file of [html, json]) {
    const name = file.suggestedFilename()
    await bakeoff.add(madeUp(name, readFileSync(await file.path())))
    await expect(page.getByText(name)).toBeVisible()
    await expect(bakeoff.heading).toHaveText(sentence)
    await expect(page.getByText('Opened from a file')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Compare again' })).toBeHidden()
    await bakeoff.openTab('Plots')
    await expectAccessible(page, `opened from ${name}`)
    await page.getByRole('button', { name: 'Close report' }).click()
    await expect(bakeoff.heading).toHaveText('Drop models, drop data, get a verdict')
  }

  const shown = await runBakeoff(['show', await html.path(), '--csv', '-', '--table', 'per-class'])
  expect(shown.exitCode, shown.stderr).toBe(0)
  expect(shown.stdout).toBe(readFileSync(await csv.path(), 'utf8'))
  expect(shown.stderr).toContain(sentence)
})

test('a file that only looks like a report is refused by its reason', async ({ bakeoff, page }) => {
  const text = JSON.stringify({ ...reportOf([]), models: [{ name: 'a' }] })
  await bakeoff.add(madeUp('broken.json', text))
  await expect(
    page.getByText(/"broken\.json" is no report .* "models\.0\.sha256" is missing/),
  ).toBeVisible()
  await bakeoff.add(madeUp('next.json', text.replace('bakeoff.report/1', 'bakeoff.report/9')))
  await expect(
    page.getByText(
      'is of the schema bakeoff.report/9; this version of Bakeoff reads bakeoff.report/1',
    ),
  ).toBeVisible()
})

test('L85 the HTML report opens from disk, runs nothing and is accessible, whatever the names', async ({
  browser,
}, testInfo) => {
  const texts = HOSTILE_TEXTS.filter((text) => text !== '')
  // The whole list stands in the remarks; tables of all would keep axe busy for long.
  const classes = texts.slice(0, 4)
  const models = classes.map((text, index) =>
    reportModel(text.replace(/\s/g, ' ').trim(), {
      ...{ metrics: { accuracy: index / texts.length }, warnings: texts },
      perClass: classes.map((label) => ({
        ...{ label, support: 3, precision: 0.5, recall: null, f1: null },
      })),
      details: {
        confusion: classes.map(() => classes.map((_, column) => column)),
        roc: [{ label: text, area: 0.5, x: [0, 0.5, 1], y: [0, 0.7, 1] }],
      },
    }),
  )
  const report = reportOf(models, {
    task: { kind: 'classification', settings: { note: texts[1] ?? '' }, classes },
  })
  const path = testInfo.outputPath('report.html')
  writeFileSync(path, reportHtml(report))
  const context = await browser.newContext()
  const page = await context.newPage()
  const said: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) said.push(request.url())
  })
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => said.push(dialog.message())))
  page.on('console', (message) => said.push(message.text()))
  await page.goto(pathToFileURL(path).href)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(
    await page.evaluate(() => document.querySelectorAll('script, img, iframe, object').length),
  ).toBe(0)
  await expectAccessible(page, 'HTML report')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('details').last().isVisible()).toBe(true)
  expect(said).toEqual([])
  await context.close()
})
