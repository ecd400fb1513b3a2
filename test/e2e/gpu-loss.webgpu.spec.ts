import type { Browser } from '@playwright/test'
import expected from '../reference/digits.expected.json' with { type: 'json' }
import { digitsTimes, endOfRun, rowsDone, rowsSinceRetry, startRun } from './drive-run'
import { demoModel } from './input-files'
import { expect, test as base } from './page-test'

interface Own {
  ownBrowser: Browser
}

/**
 * With a browser for each test: Chromium counts the crashes of its GPU process and takes WebGPU away
 * from every page for two minutes after a few.
 */
const test = base.extend<Own>({
  ownBrowser: async ({ playwright, launchOptions }, use) => {
    const browser = await playwright.chromium.launch(launchOptions)
    await use(browser)
    await browser.close()
  },
  context: async ({ ownBrowser }, use) => {
    const context = await ownBrowser.newContext()
    await use(context)
    await context.close()
  },
})

test.use({ expectedErrors: /./ })

const ROWS = 629
const accuracy = expected.digits.models['digits_mlp.onnx'].accuracy

/** As a driver crash would: every device of the browser is lost. */
async function crashGpu(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession()
  // The call itself may die with the process.
  await session.send('Browser.crashGpuProcess').catch(() => undefined)
  await session.detach().catch(() => undefined)
}

test('B11 a crash while idle costs nothing', async ({ bakeoff, ownBrowser, page }) => {
  await bakeoff.add(demoModel('digits_mlp'), digitsTimes(1))
  await startRun(page, { backend: 'webgpu', batchSize: 64 })
  expect((await endOfRun(page)).report.models[0]).toMatchObject({ status: 'ok', backend: 'webgpu' })
  await crashGpu(ownBrowser)
  await bakeoff.add(demoModel('digits_linear'))
  await startRun(page, { backend: 'webgpu', batchSize: 64 })
  const { report } = await endOfRun(page)
  expect(report.models.map(({ status, backend, attempts }) => [status, backend, attempts])).toEqual(
    [
      ['ok', 'webgpu', expect.any(Number)],
      ['ok', 'webgpu', 1],
    ],
  )
})

test('B12 a crash in mid-run goes on from the last finished batch', async ({
  bakeoff,
  ownBrowser,
  page,
}) => {
  await bakeoff.add(demoModel('digits_mlp'), digitsTimes(12))
  await startRun(page, { backend: 'webgpu', batchSize: 64 })
  await rowsDone(page, 300)
  await crashGpu(ownBrowser)
  const { report } = await endOfRun(page)
  const [model] = report.models
  expect(model).toMatchObject({ status: 'ok', backend: 'webgpu', attempts: 2 })
  expect(model?.metrics['accuracy']).toBeCloseTo(accuracy, 9)
  const log = report.events.map(({ text }) => text)
  expect(log.some((text) => /GPU went away.*Goes on with WebGPU \(attempt 2\)/.test(text))).toBe(
    true,
  )
})

test('B13 a second crash goes on on WASM and says when the GPU is tried again', async ({
  bakeoff,
  ownBrowser,
  page,
}) => {
  await bakeoff.add(demoModel('digits_mlp'), digitsTimes(24))
  await startRun(page, { backend: 'webgpu', batchSize: 64 })
  await rowsDone(page, 300)
  await crashGpu(ownBrowser)
  // Rows that were under way may still arrive: the second crash is to hit the second device.
  await rowsSinceRetry(page, 128)
  await crashGpu(ownBrowser)
  const { report } = await endOfRun(page)
  const [model] = report.models
  expect(model).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 3 })
  expect(model?.metrics['accuracy']).toBeCloseTo(accuracy, 9)
  const log = report.events.map(({ text }) => text).join('\n')
  expect(log).toMatch(/Goes on with WebGPU \(attempt 2\)/)
  expect(log).toMatch(/Goes on with WASM, \d threads? \(attempt 3\)/)
  expect(log).toMatch(/The GPU was lost twice within two minutes; it is tried again in \d+ s/)
  expect(report.dataset.rows).toBe(24 * ROWS)
})

test('a fact of Chromium: a second crash within two minutes takes WebGPU from the origin', async ({
  ownBrowser,
  page,
  served,
}) => {
  await page.goto(`${served.url}licenses.txt`)
  const hasDevice = () =>
    page.evaluate(
      async () => (await (await navigator.gpu.requestAdapter())?.requestDevice()) != null,
    )
  expect(await hasDevice()).toBe(true)
  await crashGpu(ownBrowser)
  // A crash while the process is still coming up is not counted.
  await expect.poll(hasDevice).toBe(true)
  await page.waitForTimeout(1_000)
  await crashGpu(ownBrowser)
  await page.waitForTimeout(1_000)
  expect(await hasDevice()).toBe(false)
  const reloaded = page.waitForEvent('load')
  // Not by DevTools: a reload that the browser itself begins lifts the block.
  await page.evaluate(() => {
    location.reload()
  })
  await reloaded
  expect(await hasDevice()).toBe(false)
})
