import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Report } from '../../src/core/report'
import { expectPolicyAgreement, fixturePolicy, MARKET } from './expected-policies'
import { runBakeoff } from './run-bakeoff'

let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeoff-'))
})
test.afterEach(() => {
  rmSync(folder, { recursive: true })
})

const FILES = ['champion_lstm.zip', 'challenger_lstm.zip', 'shared_lstm.zip', 'ppo_mlp.zip']
const WINDOWS = ['--windows', 'initial=5000,step=500']

test('every policy, as a zip and as ONNX, meets stable-baselines3 on each window', async () => {
  const json = join(folder, 'report.json')
  const policy =
    'actions=hold|buy|sell|close,accountFeatures=position|unrealized,fee=0.00002,spreadColumn=spread'
  const models = [...FILES, 'challenger_lstm_sequence.onnx'].map(fixturePolicy)
  const { exitCode, stdout, stderr } = await runBakeoff([
    ...['compare', ...models, '--data', MARKET, '--task', 'policy'],
    ...['--policy', policy, ...WINDOWS, '--json', json],
  ])
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toMatch(
    /rank +model +Score +Total return +Sharpe ratio +Largest drawdown +Trades +bars\/s/,
  )
  expect(stdout).toMatch(
    /\nshared_lstm leads ppo_mlp by 0\.005 of score on 2\u202f000 bars\. Only the Sharpe ratio is tested\. No evidence .* in Sharpe ratio by .*, 2\u202f000 bars\.\n$/,
  )
  const report = JSON.parse(readFileSync(json, 'utf8')) as Report
  for (const file of FILES) expectPolicyAgreement(report, file.replace('.zip', ''))
  expectPolicyAgreement(report, 'challenger_lstm_sequence', 'challenger_lstm')
})

test('a policy that reads no account meets it too, with three actions', async () => {
  const json = join(folder, 'report.json')
  const { exitCode, stderr } = await runBakeoff([
    ...['compare', fixturePolicy('target_lstm.zip'), '--data', MARKET],
    ...['--policy', 'fee=0.00002', ...WINDOWS, '--json', json],
  ])
  expect(exitCode, stderr).toBe(0)
  const report = JSON.parse(readFileSync(json, 'utf8')) as Report
  expectPolicyAgreement(report, 'target_lstm')
  expect(report.models[0]?.details.policy?.cost?.fees.length).toBeGreaterThan(2)
})

for (const [option, value, message] of [
  ['--policy', 'fee=2', 'fee of --policy is "2".'],
  ['--policy', 'fees=0.1', '--policy has no setting "fees".'],
  ['--policy', 'closeColumn=closs', '"market-15min.csv" has no column "closs" for close.'],
  ['--windows', 'initial=10', '--windows gives no step.'],
] as const) {
  test(`${option} ${value} is refused`, async () => {
    const { exitCode, stderr } = await runBakeoff([
      ...['compare', fixturePolicy('ppo_mlp.zip'), '--data', MARKET, option, value],
    ])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
  })
}
