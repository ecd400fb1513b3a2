import { fixtureData, fixtureModel } from './input-files'
import { expect, test } from './page-test'

test('a speed test times the models in turn, stops at once, and says how much slower each is', async ({
  bakeoff,
}) => {
  test.setTimeout(180_000)
  await bakeoff.add(fixtureModel('iris_softmax'), fixtureModel('iris_columns'), fixtureData('iris'))
  await bakeoff.compare(2)
  const panel = await bakeoff.openTab('Speed')
  const section = panel.getByRole('region', { name: 'Speed side by side' })
  const button = section.getByRole('button', { name: 'Test speed side by side' })

  await button.click()
  await section.getByRole('button', { name: 'Stop speed test' }).click()
  await expect(button).toBeVisible()
  await expect.poll(() => bakeoff.evaluators().length).toBe(0)

  await button.click()
  await expect(section).toContainText(
    /(is (faster|slower) than|No difference|no difference|too noisy)/,
    { timeout: 120_000 },
  )
  await expect.poll(() => bakeoff.evaluators().length).toBe(0)
  const { speed } = await bakeoff.readReport()
  expect(speed?.comparisons).toHaveLength(1)
  expect(speed?.control).toMatchObject({ baseline: 'iris_softmax', candidate: 'iris_softmax' })
  const [pair] = speed?.comparisons ?? []
  const sorted = (pair?.blocks ?? [])
    .map((block) => block.candidateMs / block.baselineMs)
    .toSorted((a, b) => a - b)
  expect(sorted.length).toBeGreaterThanOrEqual(6)
  expect(pair?.ratio).toBeGreaterThanOrEqual(Math.min(...sorted))
  expect(pair?.ratio).toBeLessThanOrEqual(Math.max(...sorted))
})
