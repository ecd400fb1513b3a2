import { expectAccessible } from './expect-accessible'
import { demoModel, DIGITS, fixtureModel, madeUp, manyDigits } from './input-files'
import { expect, test } from './page-test'
import { rowsDone, startRun } from './drive-run'
import { dropSlowFiles, SLOW } from './slow-comparison'

// Axe reads every state twice, which keeps a busy core for minutes.
test.describe.configure({ timeout: 300_000 })

test('empty page, help, setup with faults', async ({ bakeoff, page }) => {
  await expectAccessible(page, 'empty')
  await page.keyboard.press('?')
  await expectAccessible(page, 'keys')
  await page.keyboard.press('Escape')
  await bakeoff.add(madeUp('page.onnx', '<!doctype html>\n<html></html>\n'), DIGITS)
  await bakeoff.add(fixtureModel('wrong_width'), demoModel('digits_mlp'))
  await expect(bakeoff.model('wrong_width')).toContainText('wants 13 features')
  await expectAccessible(page, 'setup with faults')
  await page.getByText('Options').click()
  await page.getByRole('button', { name: /^label/ }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectAccessible(page, 'menu of roles, options')
})

test('running, stopped', async ({ bakeoff, page }) => {
  await bakeoff.add(demoModel('digits_mlp'), fixtureModel('digits_slow'))
  await bakeoff.add(manyDigits())
  await bakeoff.page.getByRole('button', { name: 'Compare 2 models' }).click()
  await expect(page.getByText('1 of 2 models finished')).toBeVisible()
  await page.getByText('Run log').click()
  await expectAccessible(page, 'running')
  await page.getByRole('button', { name: 'Stop' }).click()
  await bakeoff.ended()
  await expectAccessible(page, 'stopped')
})

test('verdict with each tab', async ({ bakeoff, page }) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_cnn'))
  await bakeoff.add(fixtureModel('unknown_operator'), fixtureModel('digits_label'), DIGITS)
  await bakeoff.compare(3)
  await bakeoff.openTab('Disagreements')
  await page.getByTitle('Show the whole row').first().click()
  await expect(page.getByRole('heading', { name: /of the table/ })).toBeVisible()
  await expectAccessible(page, 'verdict, Disagreements')
  await bakeoff.openTab('Slices')
  await expect(page.getByText(/^Looked at/)).toBeVisible()
  await expectAccessible(page, 'verdict, Slices')
  for (const name of ['Metrics', 'Plots', 'Speed', 'Run details'] as const) {
    await bakeoff.openTab(name)
    await expectAccessible(page, `verdict, ${name}`)
  }
})

test('verdict with each plot', async ({ bakeoff, page }) => {
  await bakeoff.add(demoModel('digits_linear'), demoModel('digits_cnn'), DIGITS)
  await bakeoff.compare(2)
  await bakeoff.openTab('Plots')
  for (const plot of ['Confusion', 'Per class', 'ROC and precision', 'Scores', 'Calibration']) {
    await bakeoff.choosePlot(plot)
    await expectAccessible(page, `verdict, plots, ${plot}`)
  }
  await page
    .getByRole('button', { name: /^Table of/ })
    .first()
    .click()
  await page
    .getByRole('button', { name: /^Download/ })
    .first()
    .click()
  await expectAccessible(page, 'verdict, plots, table and menu')
})

test('an offer to resume, storage, a verdict of kept answers', async ({ bakeoff, page }) => {
  await dropSlowFiles(bakeoff)
  await startRun(page, SLOW.settings)
  await rowsDone(page, SLOW.middle)
  await page.reload()
  await expect(page.getByRole('button', { name: /^Resume/ })).toBeVisible()
  await expectAccessible(page, 'offer to resume')
  await page.getByRole('button', { name: 'Storage' }).click()
  await page.getByRole('button', { name: 'Delete all' }).click()
  await expectAccessible(page, 'storage')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: /^Resume/ }).click()
  await bakeoff.ended()
  await expect(page.getByRole('region', { name: 'How the models ran' })).toBeVisible()
  await expectAccessible(page, 'verdict of kept answers')
})

test('policies: setup, menu of parts and each tab', async ({ bakeoff, page }) => {
  await page.getByRole('button', { name: 'Try it with trading policies' }).click()
  await expect(page.getByText('4 windows of 500 bars')).toBeVisible()
  await expectAccessible(page, 'setup of policies')
  await page.locator('[data-column="close"]').click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectAccessible(page, 'menu of parts')
  await page.keyboard.press('Escape')
  await bakeoff.compare(3)
  for (const name of ['Metrics', 'Windows', 'Plots', 'Trades', 'Speed', 'Run details'] as const) {
    await bakeoff.openTab(name)
    await expectAccessible(page, `policies, ${name}`)
  }
})
