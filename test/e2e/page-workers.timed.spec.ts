import { demoModel, DIGITS } from './input-files'
import { expect, test } from './page-test'
import { watchEvaluators } from './watch-evaluators'

const TWO = [demoModel('digits_linear'), demoModel('digits_mlp'), DIGITS]
const THREE = [...TWO, demoModel('digits_cnn')]

test('sequential mode lives in one evaluator worker, a pool in one per lane', async ({
  bakeoff,
  page,
}) => {
  const evaluators = watchEvaluators(bakeoff)
  await bakeoff.add(...TWO)
  await bakeoff.compare(2)
  expect(evaluators.started).toBe(1)
  expect(evaluators.mostAtOnce).toBe(1)
  await expect.poll(() => bakeoff.evaluators().length).toBe(0)

  await page.getByRole('button', { name: 'Change setup' }).click()
  await bakeoff.add(THREE[3] ?? '')
  await bakeoff.compare(3)
  expect(evaluators.mostAtOnce).toBe(2)
  await expect.poll(() => bakeoff.evaluators().length).toBe(0)
})

test('without an adapter no file of the GPU build is asked for, and WASM only once needed', async ({
  bakeoff,
  page,
}) => {
  const asked: string[] = []
  page.context().on('request', (request) => asked.push(new URL(request.url()).pathname))
  const runtimeFiles = () => asked.filter((path) => /\/ort[.-]/.test(path))
  await bakeoff.add(...THREE)
  await expect(bakeoff.runButton).toBeEnabled()
  expect(
    await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) ?? null),
  ).toBeNull()
  expect(runtimeFiles()).toEqual([])
  await bakeoff.compare(3)
  expect(runtimeFiles().some((path) => path.endsWith('.wasm'))).toBe(true)
  expect(asked.filter((path) => path.includes('jspi'))).toEqual([])
  expect(await bakeoff.detail('Adapter')).toBe('none')
  await expect(page.getByText(/digits_cnn runs on WASM: This browser .* no WebGPU/)).toBeVisible()
})
