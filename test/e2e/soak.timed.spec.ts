import type { Page } from '@playwright/test'
import { fixtureData, fixtureModel } from './input-files'
import { expect, test } from './page-test'

/** `SOAK_CYCLES=200 npm test -- timed` runs them all. */
const CYCLES = Number(process.env['SOAK_CYCLES'] ?? 20)
/** By then caches are warm and every code path has run. */
const SETTLED = 10
/** Some pages of the allocator come and go whatever is kept. */
const TOLERANCE = 1.05

test.setTimeout(20 * 60_000)
// After a runtime with threads has ended, Chromium's measurement waits for them, up to a minute.
test.use({ cores: 1 })

test('C25 memory stays where it was after many cycles of loading, running and removing', async ({
  bakeoff,
  page,
}) => {
  await bakeoff.add(fixtureData('iris'), fixtureModel('iris_softmax'))
  await computeAnew(page)
  await page
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click()
  let settled = NaN
  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    await bakeoff.add(fixtureModel('iris_softmax'))
    await bakeoff.compare(1)
    await page.getByRole('button', { name: 'Change setup' }).click()
    await page
      .getByRole('button', { name: /^Remove/ })
      .first()
      .click()
    expect(
      await page.evaluate(() => window.bakeoff?.settled().then((files) => files.models.length)),
    ).toBe(0)
    if (cycle === SETTLED) settled = await usedBytes(page)
  }
  expect(await usedBytes(page)).toBeLessThanOrEqual(settled * TOLERANCE)
  expect(bakeoff.evaluators()).toHaveLength(0)
})

/** Kept answers would leave nothing to load and to run. */
async function computeAnew(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.bakeoff?.settled()
    const columns = { target: null, features: null, policy: null, windows: null }
    const rows = { filter: null, sample: null, reference: null, tolerance: null }
    const keep = { kind: null, metric: null, baseline: null, ...columns, ...rows }
    await window.bakeoff?.configure({ ...keep, evaluation: { useKept: false } })
  })
}

/** Of the page and its workers, after a collection. */
async function usedBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{ bytes: number }>
    }
    return (await measure.call(performance)).bytes
  })
}
