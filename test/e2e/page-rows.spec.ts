import type { Locator, Page } from '@playwright/test'
import { demoModel, DIGITS } from './input-files'
import { expect, test } from './page-test'

const table = (page: Page) => page.getByRole('table', { name: 'Rows of the comparison' })

/** Texts of the rows in sight, cell by cell; the first are number, truth, answer and confidence. */
async function seen(rows: Locator): Promise<readonly (readonly string[])[]> {
  const bodies = rows.getByRole('row').filter({ has: rows.page().getByTitle('Show the whole row') })
  return Promise.all(
    (await bodies.all()).map(async (row) =>
      (await row.locator('[data-cell]').allInnerTexts()).map((text) =>
        text.replace(/\s+/g, ' ').trim(),
      ),
    ),
  )
}

test('rows are found by model and condition, put in order, walked and opened by keys', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_cnn'), DIGITS)
  await bakeoff.compare(2)
  const panel = await bakeoff.openTab('Disagreements')
  const differ = panel.getByRole('button', { name: /^Models differ/ })
  await expect(differ).toHaveAttribute('aria-pressed', 'true')
  const count = Number((await differ.innerText()).replace(/\D/g, ''))
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(count + 1))
  for (const [, , linear = '', , cnn = ''] of await seen(table(page))) {
    expect(linear.replace(/\D/g, '')).not.toBe(cnn.replace(/\D/g, ''))
  }

  await panel.getByRole('button', { name: /^digits_cnn right, digits_linear wrong/ }).click()
  await page.keyboard.press('/')
  await expect(panel.getByLabel('Condition')).toBeFocused()
  await panel.getByLabel('Filter by').selectOption('Truth')
  await panel.getByLabel('Condition').fill('=8')
  const truths = async () => new Set((await seen(table(page))).map(([, truth]) => truth))
  await expect.poll(truths).toEqual(new Set(['8']))
  await expect(panel.locator('[data-rows-found]')).toContainText(/^\s*\d+ of 629 rows\./)
  const eights = await seen(table(page))
  expect(
    eights.every(
      ([, truth, linear, , cnn]) => truth === '8' && linear?.includes('wrong:') && cnn === '8',
    ),
  ).toBe(true)

  await table(page)
    .getByRole('columnheader', { name: 'digits_linear confidence' })
    .getByRole('button')
    .click()
  await expect(table(page).locator('[aria-sort="descending"]')).toHaveCount(1)
  await expect
    .poll(async () => {
      const shown = (await seen(table(page))).map(([, , , confidence]) => Number(confidence))
      return (
        shown.length === eights.length &&
        shown.every((value, at) => at === 0 || value <= (shown[at - 1] ?? 0))
      )
    })
    .toBe(true)

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Home')
  const first = (await seen(table(page)))[0]?.[0] ?? ''
  await expect(page.getByTitle('Show the whole row').first()).toBeFocused()
  await page.keyboard.press('Enter')
  const row = page.getByRole('region', { name: 'One row' })
  await expect(row.getByRole('heading')).toHaveText(`Row ${first} of the table`)
  await expect(row.getByRole('heading')).toBeFocused()
  await expect(row.getByText('px63', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row).toBeHidden()
  await expect(page.getByTitle('Show the whole row').first()).toBeFocused()
})

test('slices say how many were looked at, and a report file has no rows', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_cnn'), DIGITS)
  await bakeoff.compare(2)
  const panel = await bakeoff.openTab('Slices')
  await expect(panel.getByText(/^Looked at \d+ slices of \d+ columns: in none/)).toBeVisible()
  const figures = panel.getByRole('grid', { name: 'Accuracy by label' })
  const rows = await figures.locator('tbody').getByRole('row').all()
  expect(rows).toHaveLength(11)
  await panel.getByLabel('Column').selectOption('px1')
  await expect(panel.getByRole('grid', { name: 'Accuracy by px1' })).toContainText(
    'Too few rows to tell',
  )
  await panel.getByLabel('Metric').selectOption('MCC')
  await expect(panel.getByText(/no test fits MCC/)).toBeVisible()

  const report = await bakeoff.readReport()
  await bakeoff.add({ name: 'old.json', mimeType: '', buffer: Buffer.from(JSON.stringify(report)) })
  await expect(page.getByText('Opened from a file')).toBeVisible()
  await expect(await bakeoff.openTab('Disagreements')).toContainText(
    'A report holds figures and no rows',
  )
})
