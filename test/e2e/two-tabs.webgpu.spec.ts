import type { Locator } from '@playwright/test'
import expected from '../reference/digits.expected.json' with { type: 'json' }
import { BakeoffPage } from './bakeoff-page'
import { digitsTimes, endOfRun, startRun } from './drive-run'
import { demoModel } from './input-files'
import { expect, test } from './page-test'

test.use({ expectedErrors: /./ })

/** Small batches: long enough to be met by the other tab. */
const GPU = { backend: 'webgpu', batchSize: 8 } as const
const accuracy = expected.digits.models['digits_mlp.onnx'].accuracy

let holder: BakeoffPage
let waiting: BakeoffPage

/** One tab at the GPU and another one that waits for it. */
test.beforeEach(async ({ bakeoff, context }) => {
  holder = bakeoff
  waiting = new BakeoffPage(await context.newPage(), bakeoff.url)
  await waiting.open()
  await waiting.add(demoModel('digits_mlp'), digitsTimes(1))
  await waiting.page.evaluate(() => window.bakeoff?.settled())
  await holder.add(demoModel('digits_mlp'), digitsTimes(12))
  await startRun(holder.page, GPU)
  await expect.poll(() => waiting.page.evaluate(heldLocks)).toContain('bakeoff gpu')
  await startRun(waiting.page, GPU)
  await expect(holderNotice()).toBeVisible()
})

async function heldLocks(): Promise<readonly string[]> {
  return ((await navigator.locks.query()).held ?? []).map(({ name }) => name ?? '')
}

/** Says who has the GPU. */
function holderNotice(): Locator {
  const text = /Waiting for the GPU.*1 model on digits\.csv/
  return waiting.page.getByRole('main').getByText(text)
}

test('K81 a second tab waits for the GPU, says who has it, and may go on with WASM', async () => {
  await waiting.page.getByRole('button', { name: 'Go on with WASM' }).click()
  const { report } = await endOfRun(waiting.page)
  expect(report.models[0]).toMatchObject({ status: 'ok', backend: 'wasm' })
  expect(report.models[0]?.metrics['accuracy']).toBeCloseTo(accuracy, 9)
  const log = report.events.map(({ text }) => text)
  expect(log).toContain('The GPU is taken by 1 model on digits.csv; waiting until it is free.')
  expect(log).toContain('Not waiting for the GPU: goes on on WASM.')

  // The one at the GPU was not disturbed.
  const first = await endOfRun(holder.page)
  expect(first.report.models[0]).toMatchObject({ status: 'ok', backend: 'webgpu', attempts: 1 })
  expect(first.report.models[0]?.metrics['accuracy']).toBeCloseTo(accuracy, 9)
})

test('K82 where the tab at the GPU crashes, the next one has it within 2 s', async () => {
  const session = await holder.page.context().newCDPSession(holder.page)
  const crashed = holder.page.waitForEvent('crash')
  void session.send('Page.crash').catch(() => undefined)
  await crashed
  await expect(holderNotice()).toBeHidden({ timeout: 2_000 })
  const { report } = await endOfRun(waiting.page)
  expect(report.models[0]).toMatchObject({ status: 'ok', backend: 'webgpu' })
  expect(report.models[0]?.metrics['accuracy']).toBeCloseTo(accuracy, 9)
})

test('K82 where the tab at the GPU is done, the next one has it', async () => {
  await holder.page.getByRole('button', { name: 'Stop' }).first().click()
  await expect(holderNotice()).toBeHidden({ timeout: 2_000 })
  const { report } = await endOfRun(waiting.page)
  expect(report.models[0]).toMatchObject({ status: 'ok', backend: 'webgpu' })
})
