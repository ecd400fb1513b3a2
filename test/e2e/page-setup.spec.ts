import type { Page } from '@playwright/test'
import { fixtureData, fixtureModel } from './input-files'
import { expect, test } from './page-test'

/** Walks to a column's head with the keys of a table, opens its menu and takes a role. */
async function setRole(page: Page, column: string, role: 'Target' | 'Feature' | 'Ignored') {
  const head = page.getByRole('columnheader', { name: column }).getByRole('button')
  await page
    .getByRole('grid', { name: /^First rows of / })
    .locator('[tabindex="0"]')
    .focus()
  await page.keyboard.press('Home')
  const columns = await page.getByRole('columnheader').count()
  for (let step = 0; step < columns; step += 1) {
    if (await head.evaluate((button) => button === document.activeElement)) break
    await page.keyboard.press('ArrowRight')
  }
  await expect(head).toBeFocused()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: `Role of ${column}` })
  const item = menu.getByRole('menuitemradio', { name: role })
  await expect(menu.getByRole('menuitemradio', { checked: true })).toBeFocused()
  const roles = await menu.getByRole('menuitemradio').count()
  for (let step = 0; step < roles; step += 1) {
    if (await item.evaluate((button) => button === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await expect(item).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(menu).toBeHidden()
  await expect(head).toBeFocused()
  await expect(head).toContainText(role)
}

test('roles of columns change from the preview by keyboard alone', async ({ bakeoff, page }) => {
  await bakeoff.add(fixtureModel('diabetes_linear'), fixtureData('diabetes'))
  const target = page.getByLabel('Target')
  const features = page.getByText(/^Features \d+ of 11 columns$/)
  await expect(target).toHaveValue('progression')
  await expect(features).toHaveText('Features 10 of 11 columns')

  await setRole(page, 'bmi', 'Ignored')
  await expect(features).toHaveText('Features 9 of 11 columns')
  await expect(bakeoff.model('diabetes_linear')).toContainText(
    'wants 10 features (float32 [N, 10]), 9 features are chosen. Pick the missing column under Features.',
  )
  await expect(bakeoff.runButton).toBeDisabled()

  await setRole(page, 'bmi', 'Target')
  await expect(target).toHaveValue('bmi')
  await setRole(page, 'progression', 'Feature')
  await expect(features).toHaveText('Features 10 of 11 columns')
  await bakeoff.compare(1)
  expect(await bakeoff.detail('Task')).toBe('regression, target bmi')
  const report = await bakeoff.readReport()
  expect(report.dataset.roles.target).toBe('bmi')
  expect(report.dataset.roles.features.at(-1)).toBe('progression')

  await page.getByRole('button', { name: 'Change setup' }).click()
  await page.getByRole('button', { name: 'Back to the proposal' }).click()
  await expect(target).toHaveValue('progression')
})

test('Escape leaves a role as it is and gives the focus back', async ({ bakeoff, page }) => {
  await bakeoff.add(fixtureModel('iris_softmax'), fixtureData('iris'))
  const head = page.getByRole('columnheader', { name: 'sepal_width' }).getByRole('button')
  await head.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(head).toBeFocused()
  await expect(head).toContainText('Feature')
})

test('target, features, task and metric change by keyboard', async ({ bakeoff, page }) => {
  await bakeoff.add(
    fixtureModel('diabetes_linear'),
    fixtureModel('diabetes_mlp'),
    fixtureData('diabetes'),
  )
  const choose = async (label: string, value: string) => {
    const field = page.getByLabel(label, { exact: true })
    await field.focus()
    await page.keyboard.press('Home')
    const options = await field.getByRole('option').count()
    for (let step = 0; step < options; step += 1) {
      if ((await field.inputValue()) === value) break
      await page.keyboard.press('ArrowDown')
    }
    await expect(field).toHaveValue(value)
  }
  await choose('Metric', 'mae')
  await bakeoff.compare(2)
  await expect(bakeoff.heading).toHaveText(
    /^No evidence of a difference: diabetes_mlp is ahead of diabetes_linear in MAE by 0\.4, /,
  )
  expect((await bakeoff.readReport()).primaryMetric).toEqual({ id: 'mae', direction: 'lower' })

  await page.getByRole('button', { name: 'Change setup' }).click()
  await page.getByRole('button', { name: 'None', exact: true }).press('Enter')
  await expect(
    page.getByText('No numeric column of "diabetes.csv" is chosen').first(),
  ).toBeVisible()
  await expect(bakeoff.runButton).toBeDisabled()
  await page.getByRole('button', { name: 'All numeric' }).press('Enter')
  await expect(bakeoff.runButton).toBeEnabled()

  await choose('Task', 'classification')
  await expect(bakeoff.runButton).toBeDisabled()
  await choose('Task', 'regression')
  await choose('Metric', 'rmse')
  await expect(bakeoff.runButton).toBeEnabled()
})

test('options shape the plan: sequential, one batch size, another backend', async ({
  bakeoff,
  page,
}) => {
  const models = ['iris_softmax', 'iris_columns', 'iris_labels']
  await bakeoff.add(...models.map(fixtureModel), fixtureData('iris'))
  await expect(page.getByText('3 models: pool of 2 workers')).toBeVisible()
  await page.getByText('Options').click()
  await page.getByLabel('Sequential up to').fill('3')
  await page.keyboard.press('Tab')
  await expect(page.getByText('3 models: one after another in one worker')).toBeVisible()
  await page.getByLabel('Batch size').fill('0')
  await page.keyboard.press('Tab')
  await expect(page.getByText('A whole number from 1.')).toBeVisible()
  await page.getByLabel('Batch size').fill('8')
  await page.keyboard.press('Tab')
  await page.getByLabel('Backend').selectOption('WASM')
  await bakeoff.compare(3)
  const report = await bakeoff.readReport()
  expect(report.plan).toMatchObject({ mode: 'sequential', lanes: 1, sequentialUpTo: 3 })
  expect(report.models.map(({ batchSize }) => batchSize)).toEqual([8, 8, 8])
})
