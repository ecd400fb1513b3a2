import { readFileSync } from 'node:fs'
import { expectAccessible } from './expect-accessible'
import { demoModel, DIGITS, madeUp } from './input-files'
import { expect, test } from './page-test'

test('a comparison stays in the history: listed, renamed, reopened, deleted and brought back', async ({
  bakeoff,
  context,
  page,
  served,
}) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_mlp'), DIGITS)
  await bakeoff.compare(2)
  const verdict = await bakeoff.heading.innerText()
  const report = await bakeoff.readReport()
  const other = await context.newPage()
  await other.goto(served.url)
  const recent = other.getByRole('region', { name: 'Recent comparisons' })
  await expect(recent).toContainText('digits_linear and digits_mlp on digits.csv')
  await expect(recent).toContainText(verdict)

  await page.getByRole('button', { name: 'History' }).click()
  const history = page.locator('.history')
  await history.getByRole('button', { name: /^Rename/ }).click()
  await history.getByLabel('Name of the comparison').fill('Before the holidays')
  await page.keyboard.press('Enter')
  // The other tab sees it without being asked.
  await expect(recent).toContainText('Before the holidays')
  await expectAccessible(other, 'recent comparisons')
  await expectAccessible(page, 'history')

  await page.getByRole('button', { name: 'Storage' }).click()
  await expect(page.locator('.storage')).toContainText('1 report, listed under History')
  await page.getByRole('button', { name: 'History' }).click()

  const downloaded = page.waitForEvent('download')
  await history.getByRole('button', { name: 'Export all' }).click()
  const exported = readFileSync(await (await downloaded).path())
  await history.getByRole('button', { name: 'Delete Before the holidays' }).click()
  await expect(history).toContainText('No comparison yet.')
  await expect(recent).toBeHidden()
  await history.getByRole('button', { name: 'Undo' }).click()
  await expect(recent).toContainText('Before the holidays')
  await history.getByRole('button', { name: 'Delete Before the holidays' }).click()

  const input = history.getByLabel('History or report to import')
  await input.setInputFiles(madeUp('other.json', '{"schema":"bakeoff.history/1"}') as never)
  await expect(history).toContainText('"other.json" is no history that can be read.')
  await input.setInputFiles(madeUp('history.json', exported) as never)
  await expect(history).toContainText('1 comparison of history.json is now in the history.')
  // Dropped on the page it goes the same way.
  await bakeoff.add(madeUp('history.json', exported))
  await expect(history).toContainText('1 other was here already.')

  await recent.getByRole('button', { name: 'Before the holidays' }).click()
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(verdict)
  await expect(other.getByText('From the history')).toBeVisible()
  await other.close()
  await history.getByRole('button', { name: 'Before the holidays', exact: true }).click()
  const reopened = await bakeoff.readReport()
  expect(reopened.models).toEqual(report.models)
})
