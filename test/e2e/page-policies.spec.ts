import { readFileSync } from 'node:fs'
import { fixturePolicy, expectedPolicy, expectPolicyAgreement, MARKET } from './expected-policies'
import { DIGITS, demoModel, madeUp } from './input-files'
import { expect, test } from './page-test'

test('the demo of policies gives the figures of stable-baselines3, window by window', async ({
  bakeoff,
  page,
}) => {
  await page.getByRole('button', { name: 'Try it with trading policies' }).click()
  await expect(page.getByText('4 windows of 500 bars')).toBeVisible()
  await expect(page.getByLabel('Fee', { exact: true })).toHaveValue('0.00002')
  await bakeoff.compare(3)
  await expect(bakeoff.heading).toHaveText(
    /^ppo_mlp leads champion_lstm by 0\.002 of score on 2\s000 bars\. Only the Sharpe ratio is tested\. No evidence .* in Sharpe ratio by .*, 2\s000 bars\.$/,
  )
  await expect(page.getByText('every policy lost money')).toBeVisible()

  const board = await bakeoff.readTable()
  expect(board.map((row) => row['Model'])).toEqual([
    ...['1 ppo_mlp', '2 champion_lstm', '3 challenger_lstm'],
  ])
  const champion = expectedPolicy('champion_lstm').whole.metrics
  expect(board[1]?.['Score']).toBe(champion['score']?.toFixed(4))
  expect(board[1]?.['Trades']).toBe(String(champion['trades']))

  const windows = await bakeoff.openTab('Windows')
  const [heat] = (await bakeoff.readChart('Score by window')).filter(
    (row) => row['Policy'] === 'challenger_lstm',
  )
  const scores = expectedPolicy('challenger_lstm').perWindow.map(({ metrics }) =>
    metrics['score']?.toFixed(4),
  )
  expect(Object.values(heat ?? {}).slice(1)).toEqual(scores)
  await windows.getByLabel('Metric').selectOption('Trades')
  await expect(
    windows.getByRole('application', { name: /^Trades by window: .*challenger_lstm \d/ }),
  ).toBeVisible()

  const plots = await bakeoff.openTab('Plots')
  await expect(
    plots.getByRole('application', { name: /^Equity over 2024-03-13 12:00 to 2024-04-11 07:45/ }),
  ).toHaveAccessibleName(/buy and hold ends at .*champion_lstm ends at 9.866, drawdown −/)
  await bakeoff.choosePlot('Recurrent state')
  const resets = await bakeoff.readTable(
    plots.getByRole('grid', { name: /with the recurrent state/ }),
  )
  expect(resets.map((row) => row['Policy'])).toEqual(['champion_lstm', 'challenger_lstm'])
  expect(resets[0]).toMatchObject({ 'Other actions': '32.8 %', Trades: '127' })

  const trades = await bakeoff.openTab('Trades')
  await trades.getByLabel('Policy').selectOption('champion_lstm')
  await expect(trades.getByText('127 trades over the whole range')).toBeVisible()
  const [first] = await bakeoff.readTable(
    trades.getByRole('grid', { name: 'Trades of champion_lstm' }),
  )
  expect(first).toMatchObject({
    ...{ 'Entry time': '2024-03-13 12:15', 'Exit time': '2024-03-13 12:45' },
    ...{ Side: 'long', 'Entry row': '5 001', 'Exit row': '5 003', Bars: '2' },
    ...{ 'Entry price': '1.061859', 'Exit price': '1.061481', 'Profit and loss': '−4.36' },
  })

  const report = await bakeoff.readReport()
  for (const name of ['ppo_mlp', 'champion_lstm', 'challenger_lstm']) {
    expectPolicyAgreement(report, name)
  }
  expect(report.dataset.roles).toMatchObject({
    ...{ target: null, time: 'time', open: 'open', close: 'close', spread: 'spread' },
  })
  expect(report.task.settings).toMatchObject({
    ...{ fee: 0.00002, fill: 'next-open', windowsInitial: 5000, windowsStep: 500 },
    ...{ actions: 'hold|buy|sell|close', accountFeatures: 'position|unrealized' },
  })
})

test('markets, meanings and settings are shown and follow the user', async ({ bakeoff, page }) => {
  await bakeoff.add(fixturePolicy('ppo_mlp.zip'), fixturePolicy('target_lstm.zip'), MARKET)
  const flat = bakeoff.model('target_lstm')
  await expect(flat).toContainText('0 flat, 1 long and 2 short')
  await expect(flat).toContainText('recurrent')
  await expect(bakeoff.model('ppo_mlp')).toContainText('position and unrealized of the account')
  await expect(page.getByLabel('Bars per year')).toHaveValue(/^25334\.25/)
  await expect(page.getByText('7\u202f000 bars, rows 0 to 6\u202f999.')).toBeVisible()

  const head = (column: string) => page.locator(`[data-column="${column}"]`)
  await expect(head('close')).toContainText('Close')
  await expect(head('rsi_14')).toContainText('Observed')
  await head('high').click()
  await page.getByRole('menuitemcheckbox', { name: 'Observed' }).click()
  await expect(head('high')).toContainText('Observed')
  await expect(flat).toContainText('reads 10 numbers per bar, and there are 11 observation columns')
  await page.getByRole('button', { name: 'Back to the proposal' }).click()
  await expect(flat).not.toContainText('there are 11 observation columns')

  await page.getByLabel('Fill').selectOption('Same close')
  await page.getByLabel('Run over').selectOption('Walk-forward windows')
  await page.getByLabel('Initial', { exact: true }).fill('5000')
  await page.getByLabel('Initial', { exact: true }).press('Tab')
  await page.getByLabel('Step').fill('800')
  await page.getByLabel('Step').press('Tab')
  await expect(
    page.getByText('2 windows of 800 bars and one of 400, where the data ends'),
  ).toBeVisible()
  await page.getByLabel('Fee', { exact: true }).fill('2')
  await page.getByLabel('Fee', { exact: true }).press('Tab')
  await expect(page.getByText('A number from 0 up to 1.')).toBeVisible()
})

test('convention and open column change what they should', async ({ bakeoff, page }) => {
  await bakeoff.add(fixturePolicy('champion_lstm.onnx'), MARKET)
  await page.getByLabel('Open', { exact: true }).selectOption('None')
  await expect(page.getByLabel('Fill')).toHaveValue('close')
  await page.getByLabel('Figures as defined by').selectOption('quantstats')
  await bakeoff.compare(1)
  await expect(page.getByText('figures as by quantstats')).toBeVisible()
  const report = await bakeoff.readReport()
  expect(report.task.settings).toMatchObject({ fill: 'close', convention: 'quantstats' })
  // Other libraries write a drawdown as a negative number.
  expect(report.models[0]?.metrics['maxDrawdown']).toBeLessThan(0)
})

test('what is no policy, and what belongs to none, is told with what to do', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(demoModel('digits_mlp'), fixturePolicy('ppo_mlp.zip'), MARKET)
  await expect(bakeoff.model('digits_mlp')).toContainText('is no policy')
  await expect(page.getByRole('button', { name: 'Evaluate 1 model' })).toBeVisible()
  await bakeoff.add(madeUp('broken.zip', 'PK\u0003\u0004 and nothing more'))
  await expect(page.getByText(/broken\.zip/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Evaluate 1 model' })).toBeVisible()
  await bakeoff.add(DIGITS)
  await expect(page.getByText(/No column of "digits\.csv" is named like a price/)).toBeVisible()
})

test('statistics without a policy are refused, and broken ones change nothing', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(madeUp('vec_normalize.json', '{}'))
  await expect(page.getByText(/no policy of Stable-Baselines3 is here/)).toBeVisible()
  await bakeoff.add(fixturePolicy('ppo_mlp.zip'), MARKET)
  await expect(page.getByRole('button', { name: 'Evaluate 1 model' })).toBeVisible()
  await bakeoff.add(madeUp('ppo_mlp_vec_normalize.json', '{"mean": [1, 2]}'))
  await expect(page.getByText(/ppo_mlp_vec_normalize\.json/).first()).toBeVisible()
  await expect(page.getByText('With the statistics of')).toHaveCount(0)
})

test('checkpoints of one policy are one model, each run in its own window', async ({
  bakeoff,
  page,
}) => {
  const checkpoint = (index: number) =>
    madeUp(`walk_w00${String(index)}.zip`, readFileSync(fixturePolicy('ppo_mlp.zip')))
  await bakeoff.add(checkpoint(0), checkpoint(1), MARKET)
  await page.getByLabel('Run over').selectOption('Walk-forward windows')
  const set = page.getByRole('article', { name: 'walk' })
  await expect(set).toContainText('2 checkpoints, one for each window')
  await bakeoff.compare(1)
  const [policy] = (await bakeoff.readReport()).models
  expect(policy?.windows?.map((window) => window.checkpoint)).toEqual(['walk_w000', 'walk_w001'])
  await bakeoff.openTab('Windows')
  const table = page.getByRole('grid').filter({ hasText: 'Checkpoint' })
  await expect(table).toContainText('walk_w000')
  await expect(table).toContainText('walk_w001')
})
