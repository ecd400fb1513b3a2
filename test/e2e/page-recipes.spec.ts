import { readFileSync, writeFileSync } from 'node:fs'
import { expectAccessible } from './expect-accessible'
import { demoModel, DIGITS, fixtureData, madeUp } from './input-files'
import { expect, test } from './page-test'
import { runBakeoff } from './run-bakeoff'

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

test('a recipe is saved as a file, and sets such data up where it is dropped', async ({
  bakeoff,
  page,
}, testInfo) => {
  const save = page.getByRole('button', { name: 'Save recipe' })
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_mlp'), DIGITS)
  await expect(page.locator('#plan')).toBeVisible()
  await expect(save).toBeHidden()
  await page.getByText('Rows: all 629 rows').click()
  await page.getByLabel('Sample').selectOption('Random rows')
  await page.getByLabel('Rows at most').fill('200')
  await page.keyboard.press('Tab')
  await page.getByLabel('Metric').selectOption('F1 (macro)')
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
  expect(download.suggestedFilename()).toBe('digits.recipe.json')
  const text = readFileSync(await download.path(), 'utf8')
  await page.getByRole('button', { name: 'Start over' }).click()

  const args = ['compare', demoModel('digits_linear'), '--data', DIGITS, '--backend', 'wasm']
  const path = testInfo.outputPath('digits.recipe.json')
  writeFileSync(path, text)
  const command = await runBakeoff([...args, '--recipe', path, '--json', '-'])
  expect(command.exitCode, command.stderr).toBe(0)
  expect(JSON.parse(command.stdout)).toMatchObject({
    primaryMetric: { id: 'f1Macro' },
    dataset: { rows: 200, chosen: { sample: { kind: 'random', rows: 200 } } },
  })
  writeFileSync(path, text.replace('"choices": {', '"choices": { "target": "digit",'))
  const odd = await runBakeoff([...args, '--recipe', path])
  expect(odd.exitCode).toBe(2)
  expect(odd.stderr).toContain('names "digit", which digits.csv does not have')

  await bakeoff.add(madeUp('digits.recipe.json', text))
  await expect(
    page.getByText('digits.recipe.json is a recipe: it waits for its data.'),
  ).toBeVisible()
  await bakeoff.add(demoModel('digits_linear'), DIGITS)
  const notice = page.getByText('Set up as in digits.recipe.json: metric and sample.')
  await expect(notice).toBeVisible()
  await expect(page.getByText('waits for its data')).toBeHidden()
  await expect(page.locator('#plan')).toContainText('200 of 629 rows')
  await expect(page.getByLabel('Metric')).toHaveValue('f1Macro')
  await expectAccessible(page, 'a recipe of a file')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(notice).toBeHidden()
  await expect(page.getByText('Rows: all 629 rows')).toBeVisible()

  // On other data what names absent columns is left out, and said.
  await bakeoff.add(madeUp('odd.recipe.json', readFileSync(path)), fixtureData('iris'))
  await expect(
    page.getByText('Set up as in odd.recipe.json: target, metric and sample.'),
  ).toBeVisible()
  await expect(
    page.getByText('Not in this data, so what it was for is as proposed: digit.'),
  ).toBeVisible()
  await bakeoff.add(madeUp('newer.recipe.json', text.replace('recipe/1', 'recipe/9')))
  await expect(
    page.getByText(/"newer\.recipe\.json" is of the schema bakeoff\.recipe\/9/),
  ).toBeVisible()
})
