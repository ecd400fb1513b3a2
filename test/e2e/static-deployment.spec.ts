import { pathToFileURL } from 'node:url'
import { DIST } from '../../src/headless/repository.mjs'
import { BakeoffPage } from './bakeoff-page'
import { expectAgreement } from './expected-metrics'
import { expect, keptFiles, test, visit } from './hosted'
import { demoModel, DIGITS } from './input-files'

// Traces look into the page, which the browser takes for a touch of the user's.
test.use({ trace: 'off' })

const TWO = ['digits_linear', 'digits_mlp'] as const

test('N86 a host without headers: isolated after one reload by itself, and then without a network', async ({
  host,
  visitor,
  complaints,
}) => {
  const page = await visit(visitor, host)
  // All that a comparison without a GPU needs.
  await expect.poll(() => keptFiles(page)).toContainEqual(expect.stringMatching(/ort\.wasm\.min-/))
  const policy = await page.evaluate(async () => {
    const script = new URL(document.querySelector('script')?.src ?? '')
    return (await fetch(script)).headers.get('content-security-policy')
  })
  expect(policy).toContain("default-src 'none'")
  await page.close()
  await host.close()

  const again = await visitor.newPage()
  const bakeoff = new BakeoffPage(again, host.url)
  await bakeoff.open()
  await bakeoff.add(...TWO.map(demoModel), DIGITS)
  await bakeoff.compare(2)
  expect(await bakeoff.detail('Threads granted')).toBe('2')
  const report = await bakeoff.readReport()
  for (const name of TWO) expectAgreement(report, name)
  expect(host.asked.filter((path) => path.includes('jspi'))).toEqual([])
  expect(complaints).toEqual([])
})

test.describe('on a host that reads the headers file', () => {
  test.use({ headers: 'file' })
  test('the page is isolated at once and stays as it is', async ({ host, visitor, complaints }) => {
    const page = await visitor.newPage()
    const response = await page.goto(host.url)
    expect(await response?.headerValue('referrer-policy')).toBe('no-referrer')
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true)
    const caching = await page.evaluate(async () => {
      const script = document.querySelector('script')?.src ?? ''
      return (await fetch(script, { cache: 'reload' })).headers.get('cache-control')
    })
    expect(caching).toBe('public, max-age=31536000, immutable')
    await page.evaluate(() => navigator.serviceWorker.ready)
    await expect(page.getByRole('button', { name: 'Reload' })).toHaveCount(0)
    expect(host.asked.filter((path) => path === 'service-worker.js')).toHaveLength(1)
    expect(complaints).toEqual([])
  })
})

test('a page that somebody has touched offers to be loaded once more', async ({
  host,
  visitor,
}) => {
  const page = await visitor.newPage()
  await page.goto(host.url)
  await page.getByRole('button', { name: 'Keys' }).click()
  const line = page.getByText('Loaded once more, this page can use threads and shared memory.')
  await expect(line).toBeVisible()
  await page.getByRole('button', { name: 'Reload' }).click()
  await page.waitForFunction(() => window.crossOriginIsolated)
  await expect(line).toHaveCount(0)
})

for (const [refusal, script] of [
  ['knows no service workers', 'delete Navigator.prototype.serviceWorker'],
  [
    'refuses service workers',
    'if (globalThis.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = async () => { throw new DOMException("", "SecurityError") }',
  ],
] as const) {
  test(`in a browser that ${refusal}, the page works without and says nothing of it`, async ({
    host,
    visitor,
    complaints,
  }) => {
    await visitor.addInitScript(script)
    const bakeoff = new BakeoffPage(await visitor.newPage(), host.url)
    await bakeoff.open()
    await bakeoff.add(demoModel('digits_mlp'), DIGITS)
    await bakeoff.compare(1)
    expect(await bakeoff.detail('Threads granted')).toBe('1')
    await expect(bakeoff.page.getByRole('button', { name: 'Reload' })).toHaveCount(0)
    expect(complaints).toEqual([])
  })
}

test('opened from disk, the page says that it must be served', async ({ page }) => {
  await page.goto(pathToFileURL(`${DIST}/index.html`).href)
  await expect(page.getByText('serve this folder with any web server')).toBeVisible()
})
