import type { Page } from '@playwright/test'
import { expectAgreement } from './expected-metrics'
import { fixtureData, fixtureModel } from './input-files'
import { expect, test } from './page-test'
import { watchEvaluators } from './watch-evaluators'

const CHANNEL = 'test: devices'

/** Runs in front of the evaluator's own code, where the browser hands out devices. */
const SHIM = `{
  const channel = new BroadcastChannel('${CHANNEL}')
  const request = GPUAdapter.prototype.requestDevice
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await request.apply(this, args)
    channel.postMessage('opened')
    void device.lost.then(() => channel.postMessage('lost'))
    return device
  }
}
`

/** Every device that the page or one of its workers is given, in order. */
async function watchDevices(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.route('**/evaluator.worker-*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: SHIM + (await response.text()) })
  })
  await page.evaluate(SHIM)
  const seen = await page.evaluateHandle((name) => {
    const messages: string[] = []
    new BroadcastChannel(name).addEventListener('message', ({ data }) =>
      messages.push(String(data)),
    )
    return messages
  }, CHANNEL)
  return () => seen.evaluate((messages) => messages)
}

async function chooseWebGpu(page: Page): Promise<void> {
  await page.getByText('Options').click()
  await page.getByLabel('Backend').selectOption('WebGPU')
}

test('sequential mode has one worker and one device for all models', async ({ bakeoff, page }) => {
  const devices = await watchDevices(page)
  const evaluators = watchEvaluators(bakeoff)
  const models = ['iris_softmax', 'iris_columns']
  await bakeoff.add(...models.map(fixtureModel), fixtureData('iris'))
  await chooseWebGpu(page)
  await expect(
    page.getByText('2 models: one after another in one worker on one device, WebGPU.'),
  ).toBeVisible()
  await bakeoff.compare(2)
  expect(evaluators).toEqual({ started: 1, mostAtOnce: 1 })
  await expect.poll(devices).toEqual(['opened'])
  const report = await bakeoff.readReport()
  expect(report.models.map(({ backend }) => backend)).toEqual(['webgpu', 'webgpu'])
  expect(report.environment.adapter?.isFallback).toBe(true)
  for (const name of models) expectAgreement(report, name)
})

test('a pool has one device per lane', async ({ bakeoff, page }) => {
  const devices = await watchDevices(page)
  const evaluators = watchEvaluators(bakeoff)
  const models = ['diabetes_linear', 'diabetes_mlp', 'diabetes_log']
  await bakeoff.add(...models.map(fixtureModel), fixtureData('diabetes'))
  await chooseWebGpu(page)
  await expect(page.getByText('3 models: pool of 2 workers, WebGPU.')).toBeVisible()
  await bakeoff.compare(3)
  expect(evaluators).toEqual({ started: 2, mostAtOnce: 2 })
  await expect.poll(devices).toEqual(['opened', 'opened'])
})

test('a software adapter is left alone unless it is asked for', async ({ bakeoff, page }) => {
  const asked: string[] = []
  page.context().on('request', (request) => asked.push(request.url()))
  const devices = await watchDevices(page)
  await bakeoff.add(fixtureModel('iris_softmax'), fixtureData('iris'))
  await bakeoff.compare(1)
  expect((await bakeoff.readReport()).models[0]?.backend).toBe('wasm')
  await expect(
    page.getByText('The only WebGPU adapter is a software one, which is slower than WASM.'),
  ).toBeVisible()
  expect(await devices()).toEqual([])
  expect(asked.filter((url) => url.includes('jspi'))).toEqual([])
})
