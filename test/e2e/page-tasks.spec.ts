import { readFileSync } from 'node:fs'
import { expectAgreement } from './expected-metrics'
import { demoModel, DIGITS, fixtureData, fixtureModel, madeUp } from './input-files'
import { expect, test } from './page-test'

test('iris: text labels, probabilities, one input per column, labels only', async ({
  bakeoff,
  page,
}) => {
  const models = ['iris_softmax', 'iris_columns', 'iris_labels', 'iris_sklearn']
  await bakeoff.add(...models.map(fixtureModel), fixtureData('iris'))
  await expect(page.getByLabel('Task', { exact: true })).toHaveValue('classification')
  await expect(page.getByLabel('Target')).toHaveValue('species')
  await expect(bakeoff.model('iris_columns')).toContainText('4 columns, one per input')
  await expect(bakeoff.model('iris_labels')).toContainText('reads a label')
  // The mapping from score to label is there to be checked before the run.
  const classes = page.getByRole('listitem').filter({ hasText: /^\d →/ })
  await expect(classes).toHaveText([/0 → setosa/, /1 → versicolor/, /2 → virginica/])
  await expect(
    page.getByText('The scores are read in the order of the labels in "species"'),
  ).toBeVisible()

  await bakeoff.compare(4)
  await expect(bakeoff.heading).toHaveText(/^No evidence .* the same accuracy.* 75 rows\.$/)
  for (const row of await bakeoff.readTable()) {
    expect(row['Model']).toMatch(/^=1 iris_/)
    expect(row['Accuracy']).toBe('= tied for best 0.95')
  }
  const report = await bakeoff.readReport()
  expect(report.task.classes).toEqual(['setosa', 'versicolor', 'virginica'])
  for (const name of models) expectAgreement(report, name)
})

test('breast cancer: one sigmoid column, one logit, maps of probabilities', async ({ bakeoff }) => {
  const models = ['cancer_sigmoid', 'cancer_logit', 'cancer_sklearn', 'cancer_zipmap']
  await bakeoff.add(...models.map(fixtureModel), fixtureData('breast_cancer'))
  await expect(bakeoff.model('cancer_sigmoid')).toContainText('reads the score of the second class')
  await expect(bakeoff.model('cancer_zipmap')).toContainText('ZipMap is cut from the graph')
  await bakeoff.compare(4)
  await expect(bakeoff.heading).toHaveText(/^No evidence .* the same accuracy.* 285 rows\.$/)
  const report = await bakeoff.readReport()
  for (const name of models) expectAgreement(report, name)
})

test('diabetes: regression with residuals, float64, answers that are no numbers', async ({
  bakeoff,
  page,
}) => {
  const models = ['diabetes_linear', 'diabetes_mlp', 'diabetes_float64', 'diabetes_log']
  await bakeoff.add(...models.map(fixtureModel), fixtureData('diabetes'))
  await expect(page.getByLabel('Task', { exact: true })).toHaveValue('regression')
  await expect(page.getByLabel('Target')).toHaveValue('progression')
  await expect(bakeoff.model('diabetes_float64')).toContainText('WASM only:')
  await bakeoff.compare(4)
  await expect(bakeoff.heading).toContainText('RMSE')

  const panel = await bakeoff.openTab('Plots')
  for (const [plot, name] of [
    ['Residuals', 'Histogram of'],
    ['Predicted against true', 'Predicted against true values of'],
  ] as const) {
    await bakeoff.choosePlot(plot)
    for (const model of models.slice(0, 3)) {
      await expect(
        panel.getByRole('application', { name: `${name} ${model}, n = 221` }),
      ).toBeVisible()
    }
  }
  await expect(
    (await bakeoff.openTab('Metrics')).getByText(/^diabetes_log: .*98 .*221/),
  ).toBeVisible()
  const report = await bakeoff.readReport()
  for (const name of models.slice(0, 3)) expectAgreement(report, name)
})

test('digits: an image, a fixed batch, one row, a label', async ({ bakeoff }) => {
  const twins = {
    digits_image: 'digits_linear',
    digits_batch16: 'digits_mlp',
    digits_row: 'digits_mlp',
  }
  await bakeoff.add(...[...Object.keys(twins), 'digits_label'].map(fixtureModel), DIGITS)
  await expect(bakeoff.model('digits_image')).toContainText('64 columns as [batch, 1, 8, 8]')
  await expect(bakeoff.model('digits_batch16')).toContainText('64 columns as [16, 64]')
  await expect(bakeoff.model('digits_row')).toContainText('64 columns as [64]')
  await bakeoff.compare(4)
  const report = await bakeoff.readReport()
  for (const [name, like] of Object.entries(twins)) expectAgreement(report, name, like)
  const label = report.models.find(({ name }) => name === 'digits_label')
  // 629 is no multiple of 16: the last batch is padded, and the padding counts nowhere.
  expect(report.models.find(({ name }) => name === 'digits_batch16')?.batchSize).toBe(16)
  expect(label?.metrics['accuracy']).toBeCloseTo(0.9332273449920508, 9)
  expect(label?.metrics['logLoss'] ?? null).toBeNull()
})

test('semicolons, quotes, a BOM and gaps: rows are left out, counted and named', async ({
  bakeoff,
  page,
}) => {
  const text =
    '\uFEFF"sepal_length";sepal_width;petal_length;petal_width;"species"\r\n' +
    '6.9;3.1;5.4;2.1;"virginica"\r\n5.1;;1.4;0.2;setosa\r\n6.0;2.7;5.1;1.6;versicolor\r\n' +
    '4.9;3.0;1.4;0.2;\r\n5.0;3.4;1.5;0.2;"setosa"\r\n'
  await bakeoff.add(fixtureModel('iris_softmax'), madeUp('own.csv', text))
  await expect(page.getByText('5 rows · 5 columns')).toBeVisible()
  await expect(
    page.getByText('2 rows of 5 left out: a value is missing in species (1), sepal_width (1).'),
  ).toBeVisible()
  await bakeoff.compare(1)
  await expect(bakeoff.heading).toContainText('on 3 rows.')
  expect(await bakeoff.detail('Rows')).toBe('3 used, 2 left out')
})

test('against a baseline the leaderboard shows differences', async ({ bakeoff, page }) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_mlp'), DIGITS)
  await page.getByLabel('Baseline').selectOption('digits_linear')
  await bakeoff.compare(2)
  const board = await bakeoff.readTable()
  expect(board.map((row) => row['Against digits_linear, points'])).toEqual(['+4.5', 'baseline'])
  expect(board.map((row) => row['Verdict'])).toEqual(['better', ''])
  expect(board[0]?.['95 % interval']).toMatch(/^0\.96\d to 0\.98\d$/)
  const table = page.getByRole('grid', { name: 'Accuracy of the candidates against digits_linear' })
  await expect(table.getByRole('row').nth(1)).toContainText('McNemar’s mid-p test')
  await page.getByLabel('Metric', { exact: true }).selectOption('ROC AUC')
  const areas = page.getByRole('grid', { name: 'ROC AUC of the candidates against digits_linear' })
  await expect(areas.getByRole('row').nth(1)).toContainText('paired bootstrap test')
})

test('G60 labels that look alike have to be agreed to be classes of their own', async ({
  bakeoff,
  page,
}) => {
  const rows = readFileSync(fixtureData('iris'), 'utf8').replace('setosa', 'Setosa')
  await bakeoff.add(fixtureModel('iris_labels'), madeUp('iris.csv', rows))
  const agreed = page.getByLabel('Labels that look alike are classes of their own')
  await expect(agreed).not.toBeChecked()
  const run = page.getByRole('button', { name: 'Evaluate 1 model' })
  await expect(run).toBeDisabled()
  await expect(page.locator('#plan')).toContainText('"Setosa" (1), "setosa" (24)')
  await agreed.check()
  await bakeoff.compare(1)
  const report = await bakeoff.readReport()
  expect(report.task.classes).toEqual(['Setosa', 'setosa', 'versicolor', 'virginica'])
})
