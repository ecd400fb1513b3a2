import { expectAgreement, expectedMetrics } from './expected-metrics'
import { expect, test } from './page-test'

const MODELS = ['digits_cnn', 'digits_mlp', 'digits_linear']

test('one click on the demo and one on the button give the verdict', async ({ bakeoff, page }) => {
  const source = page.getByRole('link', { name: 'Optical Recognition of Handwritten Digits' })
  await expect(source).toHaveAttribute('href', 'https://doi.org/10.24432/C50P49')
  await expect(page.getByText('E. Alpaydin and C. Kaynak')).toBeVisible()
  await expect(page.getByRole('link', { name: 'CC BY 4.0' })).toBeVisible()

  await page.getByRole('button', { name: 'Try it with real digits' }).click()
  await bakeoff.compare(3)
  await expect(bakeoff.heading).toHaveText(
    /^digits_cnn beats the baseline digits_linear by 5\.4 points of accuracy, 95\s% interval 3\.\d to 7\.\d, p\s<\s0\.001 adjusted for 2 candidates, 629 rows\. digits_cnn and digits_mlp cannot be told apart\.$/,
  )
  await expect(bakeoff.heading).toBeFocused()
  await expect(page.getByText('629 rows of digits.csv')).toBeVisible()

  const board = await bakeoff.readTable()
  expect(board.map((row) => row['Model'])).toEqual([
    '=1 digits_cnn',
    '=1 digits_mlp',
    '3 digits_linear',
  ])
  for (const [index, name] of MODELS.entries()) {
    const figure = expectedMetrics(name).get('accuracy')?.toFixed(3) ?? ''
    expect(board[index]?.['Accuracy'], name).toBe(index === 0 ? `● best ${figure}` : figure)
    expect(board[index]?.['Backend']).toBe('WASM')
  }
})

test('the plots show confusions, the run details the log, the report the figures', async ({
  bakeoff,
  page,
}) => {
  await page.getByRole('button', { name: 'Try it with real digits' }).click()
  await bakeoff.compare(3)
  const plots = await bakeoff.openTab('Plots')
  await bakeoff.choosePlot('Confusion')
  const cells = await bakeoff.readChart('digits_linear')
  const nines = cells.filter((cell) => cell['True class'] === '9')
  expect(nines[1]).toMatchObject({ 'Answered class': '1', Rows: '4' })
  expect(nines[9]).toMatchObject({ 'Answered class': '9', Rows: '56' })
  await bakeoff.choosePlot('ROC and precision')
  await expect(
    plots.getByRole('application', { name: /^ROC of class 9, 63 of n = 629/ }),
  ).toHaveAccessibleName(/digits_cnn 0\.999; digits_mlp 0\.991; digits_linear 0\.982/)

  const log = (await bakeoff.openTab('Run details')).getByRole('list')
  await expect(log).toContainText('⚡ Using PARALLEL processing (models: 3, lanes: 2)')
  for (const [index, name] of ['digits_linear', 'digits_mlp', 'digits_cnn'].entries()) {
    const position = `[${String(index + 1)}/3]`
    await expect(log).toContainText(`📊 ${position} Evaluating ${name}...`)
    const score = expectedMetrics(name).get('accuracy')?.toFixed(4) ?? ''
    await expect(log).toContainText(`✓ ${position} ${name}: Score=${score}, Time=`)
  }
  await expect(log).toContainText(/Parallel evaluation completed in \d+\.\d seconds/)

  const report = await bakeoff.readReport()
  expect(report.ranking).toEqual(MODELS)
  expect(report.task.kind).toBe('classification')
  expect(report.environment.crossOriginIsolated).toBe(true)
  for (const name of MODELS) expectAgreement(report, name)
})
