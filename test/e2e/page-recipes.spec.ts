import { expectAccessible } from './expect-accessible'
import { demoModel, DIGITS } from './input-files'
import { expect, test } from './page-test'

test('rows are chosen by a filter and a sample, and the setup comes back with the data set', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_mlp'), DIGITS)
  await page.getByText('Rows: all 629 rows').click()
  await page.getByLabel('Filter by').selectOption('label')
  await page.getByLabel('Condition', { exact: true }).fill('<=5')
  await page.keyboard.press('Enter')
  await page.getByLabel('Sample').selectOption('Random rows')
  await page.getByLabel('Rows at most').fill('200')
  await page.keyboard.press('Tab')
  await expect(page.locator('#plan')).toContainText('200 of 629 rows')
  await expectAccessible(page, 'rows chosen')
  await page.getByRole('button', { name: 'Use all rows' }).press('Enter')
  await expect(page.locator('#plan')).not.toContainText('of 629 rows')
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await bakeoff.compare(2)
  const { dataset } = await bakeoff.readReport()
  expect(dataset).toMatchObject({
    rows: 200,
    chosen: { matchedRows: 379, sample: { kind: 'random', rows: 200, seed: 0 } },
  })

  await page.getByRole('button', { name: 'Start over' }).click()
  await bakeoff.add(demoModel('digits_linear'), DIGITS)
  const notice = page.getByText(/^Set up as on .* with digits\.csv: 1 condition and sample\.$/)
  await expect(notice).toBeVisible()
  await expect(page.locator('#plan')).toContainText('200 of 629 rows')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(notice).toBeHidden()
  await expect(page.locator('#plan')).not.toContainText('of 629 rows')

  await page.getByRole('button', { name: 'Storage' }).click()
  const storage = page.locator('.storage')
  await expect(storage).toContainText('1 condition · sample')
  await storage.getByRole('button', { name: 'Delete digits.csv', exact: true }).click()
  await page.getByRole('button', { name: 'Start over' }).click()
  await bakeoff.add(demoModel('digits_linear'), DIGITS)
  await expect(page.getByText('Rows: all 629 rows')).toBeVisible()
})
