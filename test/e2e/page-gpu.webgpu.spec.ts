import type { Page } from '@playwright/test'
import { digitsTimes, endOfRun, rowsDone, startRun } from './drive-run'
import { expectAgreement } from './expected-metrics'
import { demoModel, DIGITS, fixtureData, fixtureModel } from './input-files'
import { expect, test } from './page-test'

const GPU = { backend: 'webgpu', batchSize: 16 } as const

/** In front of the evaluator's own code: every buffer that is read back has a wrong first number. */
const WRONG_GPU = `{
  const getMappedRange = GPUBuffer.prototype.getMappedRange
  GPUBuffer.prototype.getMappedRange = function (...args) {
    const range = getMappedRange.apply(this, args)
    if (this.usage & GPUBufferUsage.MAP_READ) new Float32Array(range)[0] += 1
    return range
  }
}
`

async function chooseWebGpu(page: Page): Promise<void> {
  await page.getByText('Options').click()
  await page.getByLabel('Backend').selectOption('WebGPU')
}

test('K81 a second tab says which comparison has the GPU, and may go on with WASM', async ({
  bakeoff,
  page,
  served,
}) => {
  await bakeoff.add(demoModel('digits_mlp'), demoModel('digits_linear'), digitsTimes(20))
  await startRun(page, GPU)
  await rowsDone(page, 16)

  const other = await page.context().newPage()
  await other.goto(served.url)
  const input = other.getByLabel('Models and data')
  await input.setInputFiles([fixtureModel('iris_softmax'), fixtureData('iris')])
  await chooseWebGpu(other)
  const compare = other.getByRole('button', { name: 'Evaluate 1 model' })
  const waiting = other
    .getByRole('main')
    .getByText('Waiting for the GPU, which is taken by 2 models on digits.csv.')

  // Stopping ends the wait at once.
  await compare.click()
  await expect(waiting).toBeVisible()
  await other.getByRole('button', { name: 'Stop' }).click()
  await expect(other.getByRole('tablist')).toBeVisible()
  await other.getByRole('button', { name: 'Change setup' }).click()

  await compare.click()
  await expect(waiting).toBeVisible()
  await other.getByRole('button', { name: 'Go on with WASM' }).click()
  await expect(other.getByRole('tablist')).toBeVisible()
  await expect(other.getByText(/75 rows of iris\.csv · WASM, 2 threads/)).toBeVisible()

  // The first comparison goes on as if nothing had been.
  const { report } = await endOfRun(page)
  expect(report.models.map(({ status, backend, attempts }) => [status, backend, attempts])).toEqual(
    [
      ['ok', 'webgpu', 1],
      ['ok', 'webgpu', 1],
    ],
  )
})

test('each model on the GPU says how far it is from WASM', async ({ bakeoff, page }) => {
  await bakeoff.add(demoModel('digits_mlp'), fixtureModel('digits_label'), DIGITS)
  await chooseWebGpu(page)
  await bakeoff.compare(2)
  const notes = page.getByRole('region', { name: 'How the models ran' })
  const told = notes.getByText(/GPU agrees with WASM on 32 of 32 rows, (max|no) difference/)
  await expect(told).toHaveCount(2)
  const report = await bakeoff.readReport()
  expect(report.models[0]?.parity).toMatchObject({ rows: 32, agrees: true })
  expect(report.models[0]?.parity?.maxDifference).toBeLessThan(1e-3)
  await expect(await bakeoff.openTab('Speed')).toContainText(
    'Memory is WASM heaps and GPU buffers of the worker.',
  )
})

test('B19 figures of a GPU that disagrees are withheld; WASM has them by one button', async ({
  bakeoff,
  page,
}) => {
  await page.route('**/evaluator.worker-*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: WRONG_GPU + (await response.text()) })
  })
  await bakeoff.add(fixtureModel('iris_softmax'), fixtureData('iris'))
  await chooseWebGpu(page)
  await bakeoff.compare(1)
  const notes = page.getByRole('region', { name: 'How the models ran' })
  await expect(notes).toContainText(/GPU disagrees with WASM on .* figures withheld/)
  const withheld = await bakeoff.readReport()
  expect(withheld.models[0]).toMatchObject({
    status: 'failed',
    error: { code: 'parity-disagreement' },
    metrics: {},
    parity: { agrees: false },
  })
  await notes.getByRole('button', { name: 'Compare on WASM' }).click()
  await expect(bakeoff.heading).toHaveText('iris_softmax reaches 0.95 accuracy on 75 rows.')
  const report = await bakeoff.readReport()
  expect(report.models[0]).toMatchObject({ backend: 'wasm', keptRows: 0 })
  expectAgreement(report, 'iris_softmax')
})
