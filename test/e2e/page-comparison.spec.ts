import { expectAgreement } from './expected-metrics'
import { demoModel, DIGITS, fixtureModel } from './input-files'
import { expect, test } from './page-test'
import { cpSync } from 'node:fs'
import { fromRoot } from '../../src/headless/repository.mjs'

/** Path of a model, its name, and the model of the demo whose figures it has. */
interface Entrant {
  readonly path: string
  readonly name: string
  readonly like: string
}

const own = (name: string): Entrant => ({ path: demoModel(name), name, like: name })
const twin = (name: string, like: string): Entrant => ({ path: fixtureModel(name), name, like })

const SIX: readonly Entrant[] = [
  own('digits_linear'),
  own('digits_mlp'),
  own('digits_cnn'),
  twin('digits_image', 'digits_linear'),
  twin('digits_batch16', 'digits_mlp'),
  twin('digits_row', 'digits_mlp'),
]

const COUNTS = [
  {
    count: 1,
    plan: '1 model: on its own in one worker on one device, WASM, 2 threads.',
    verdict: /^digits_linear reaches 0\.933 accuracy on 629 rows\.$/,
    log: '🔧 Using SEQUENTIAL processing to avoid GPU deadlock (models: 1)',
  },
  {
    count: 2,
    plan: '2 models: one after another in one worker on one device, WASM, 2 threads.',
    verdict:
      /^digits_mlp beats digits_linear by 4\.5 points of accuracy, 95\s% interval 2\.\d to 6\.\d, p\s<\s0\.001, 629 rows\.$/,
    log: '🔧 Using SEQUENTIAL processing to avoid GPU deadlock (models: 2)',
  },
  {
    count: 3,
    plan: '3 models: pool of 2 workers, WASM, 1 thread each.',
    verdict: /^digits_cnn beats the baseline digits_linear by 5\.4 points of accuracy, /,
    log: '⚡ Using PARALLEL processing (models: 3, lanes: 2)',
  },
  {
    count: 6,
    plan: '6 models: pool of 2 workers, WASM, 1 thread each.',
    verdict: /^digits_cnn beats the baseline digits_linear by 5\.4 points of accuracy, /,
    log: '⚡ Using PARALLEL processing (models: 6, lanes: 2)',
  },
] as const

for (const { count, plan, verdict, log } of COUNTS) {
  test(`${String(count)} dropped at once with the data`, async ({ bakeoff, page }) => {
    const entrants = SIX.slice(0, count)
    await bakeoff.drop(...entrants.map(({ path }) => path), DIGITS)
    await expect(page.getByRole('article')).toHaveCount(count)
    await expect(page.getByText(plan, { exact: true })).toBeVisible()
    await bakeoff.compare(count)
    await expect(bakeoff.heading).toHaveText(verdict)
    const board = await bakeoff.readTable()
    expect(board).toHaveLength(count)

    const report = await bakeoff.readReport()
    await expect(page.getByRole('list').getByText(log)).toBeVisible()
    expect(report.plan.reason).toBe(plan)
    expect(report.models.map(({ name }) => name)).toEqual(entrants.map(({ name }) => name))
    for (const { name, like } of entrants) expectAgreement(report, name, like)
  })
}

test('bit by bit, data first, with the Add files button', async ({ bakeoff, page }) => {
  const choose = async (button: string, path: string) => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: button }).first().click()
    await (await chooser).setFiles(path)
  }
  await choose('Choose files', DIGITS)
  await expect(page.getByRole('heading', { name: 'digits.csv' })).toBeVisible()
  await expect(page.getByText('There is no model yet.')).toBeVisible()
  await expect(bakeoff.runButton).toBeDisabled()
  await choose('Add files', demoModel('digits_linear'))
  await expect(page.getByText('1 model: on its own in one worker')).toBeVisible()
  await choose('Add files', demoModel('digits_cnn'))
  await expect(page.getByText('2 models: one after another in one worker')).toBeVisible()
  await bakeoff.compare(2)
  await expect(bakeoff.heading).toHaveText(/^digits_cnn beats digits_linear by 5\.4 points/)
})

test('bit by bit, models first, then the data', async ({ bakeoff, page }) => {
  for (const name of ['digits_mlp', 'digits_cnn', 'digits_linear']) {
    await bakeoff.drop(demoModel(name))
    await expect(bakeoff.model(name)).toContainText('features float32 [batch, 64]')
  }
  await expect(page.getByText('There is no data yet.')).toBeVisible()
  await expect(bakeoff.runButton).toBeDisabled()
  await bakeoff.drop(DIGITS)
  await bakeoff.compare(3)
  const board = await bakeoff.readTable()
  expect(board.map((row) => row['Model'])).toEqual([
    '=1 digits_cnn',
    '=1 digits_mlp',
    '3 digits_linear',
  ])
})

test('a dropped folder gives its models and its data', async ({ bakeoff, page }, { outputDir }) => {
  // Folders within a folder are read too: the one of the demo's policies is left out.
  const isOther = (path: string) => !path.includes('policies')
  cpSync(fromRoot('public/demo'), outputDir, { recursive: true, filter: isOther })
  await bakeoff.drop(outputDir)
  await expect(page.getByRole('article')).toHaveCount(3)
  await expect(page.getByRole('heading', { name: 'digits.csv' })).toBeVisible()
  await expect(page.getByText('README.md is neither a model nor data.')).toBeVisible()
  await bakeoff.compare(3)
  await expect(bakeoff.heading).toHaveText(
    /^No evidence that any of 2 candidates beats the baseline digits_cnn: /,
  )
})

test('a model added after a verdict joins the next comparison', async ({ bakeoff, page }) => {
  await bakeoff.add(demoModel('digits_linear'), DIGITS)
  await bakeoff.compare(1)
  await bakeoff.add(demoModel('digits_mlp'))
  await bakeoff.compare(2)
  await expect(bakeoff.heading).toHaveText(/^digits_mlp beats digits_linear by 4\.5 points/)
  await page.getByRole('button', { name: 'Change setup' }).click()
  await page.getByRole('button', { name: 'Remove digits_linear' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('article')).toHaveCount(2)
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(bakeoff.heading).toHaveText('Drop models, drop data, get a verdict')
})
