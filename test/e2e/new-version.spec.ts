import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { BakeoffPage } from './bakeoff-page'
import { buildNextVersion, copyOfBuild, NEXT_VERSION, removeBuild } from './built-anew'
import { endOfRun, rowsDone, startRun } from './drive-run'
import { expectAgreement } from './expected-metrics'
import { expect, keptFiles, test, visit } from './hosted'
import { demoModel, DIGITS } from './input-files'
import { dropSlowFiles, SLOW } from './slow-comparison'

test.use({ trace: 'off' })

const READY = 'A new version of Bakeoff is ready.'
let next = ''
let without = ''

test.beforeAll(async () => {
  next = await buildNextVersion('on')
  without = await buildNextVersion('off')
})

test.afterAll(() => {
  for (const folder of [next, without]) removeBuild(folder)
})

/** What the browser does by itself when a page is opened, and daily. */
async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.update()
  })
}

function cacheNames(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => caches.keys())
}

test('K84, N87 a new version waits for a reload; a tab of the old one goes on with the old files', async ({
  host,
  visitor,
  complaints,
}) => {
  const first = await visit(visitor, host)
  await expect.poll(() => keptFiles(first)).toContainEqual(expect.stringMatching(/ort\.wasm\.min-/))
  const second = await visitor.newPage()
  const bakeoff = new BakeoffPage(second, host.url)
  await bakeoff.open()
  host.deploy(next)
  await lookForUpdate(second)
  for (const page of [first, second]) await expect(page.getByText(READY)).toBeVisible()

  // Neither tab was loaded anew by itself, and one that runs is not asked to be.
  await second.evaluate(() => Object.assign(window, { isSamePage: true }))
  await dropSlowFiles(bakeoff)
  await startRun(second, SLOW.settings)
  await rowsDone(second, 16)
  await expect(second.getByText('Reload when this run has ended.')).toBeVisible()
  await expect(second.getByRole('button', { name: 'Reload' })).toHaveCount(0)
  await first.getByRole('button', { name: 'Reload' }).click()
  await expect(first.getByText(`Bakeoff ${NEXT_VERSION}`)).toBeVisible()
  expect(await first.evaluate(() => window.crossOriginIsolated)).toBe(true)
  await expect(first.getByText(READY)).toHaveCount(0)
  await second.getByRole('button', { name: 'Stop' }).click()
  await bakeoff.ended()

  // Its scripts are on the host no more.
  await second.getByRole('button', { name: 'Start over' }).click()
  await bakeoff.add(demoModel('digits_linear'), DIGITS)
  const asked = host.asked.length
  await startRun(second, { backend: 'wasm' })
  const { report } = await endOfRun(second)
  expectAgreement(report, 'digits_linear')
  expect(await second.evaluate(() => 'isSamePage' in window)).toBe(true)
  const asksFor = (part: string) => host.asked.slice(asked).filter((path) => path.includes(part))
  expect(asksFor('.worker-')).toEqual([])
  expect(await cacheNames(first)).toHaveLength(2)

  await second.getByRole('button', { name: 'Reload' }).click()
  await expect(second.getByText(`Bakeoff ${NEXT_VERSION}`)).toBeVisible()
  await expect.poll(() => cacheNames(second)).toHaveLength(1)
  expect(complaints).toEqual([])
})

test('N87 a deployment that is cut short changes nothing', async ({ host, visitor }) => {
  const page = await visit(visitor, host)
  const broken = copyOfBuild(next)
  const script = readdirSync(join(broken, 'assets')).find((name) => /^index-.+\.js$/.test(name))
  truncateSync(join(broken, 'assets', script ?? ''), 10_000)
  host.deploy(broken)
  const ended = page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const updated = await registration?.update()
    const worker = updated?.installing
    return new Promise((resolve) => {
      worker?.addEventListener('statechange', () => resolve(worker.state))
    })
  })
  expect(await ended).toBe('redundant')
  removeBuild(broken)
  await page.reload()
  await expect(page.getByText(/^Bakeoff \d/)).not.toHaveText(`Bakeoff ${NEXT_VERSION}`)
  await expect(page.getByText(READY)).toHaveCount(0)
})

test('what the browser has thrown away is fetched and kept again', async ({ host, visitor }) => {
  const page = await visit(visitor, host)
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name)
  })
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true)
  await expect.poll(() => keptFiles(page)).toContain(host.url)
})

test('a build without a service worker takes the one before it away', async ({ host, visitor }) => {
  const page = await visit(visitor, host)
  host.deploy(without)
  await lookForUpdate(page)
  const count = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
  await expect.poll(count).toBe(0)
  expect(await cacheNames(page)).toEqual([])
  await page.reload()
  await expect(page.getByText(`Bakeoff ${NEXT_VERSION}`)).toBeVisible()
  await expect.poll(count).toBe(0)
})
