import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DIST } from '../../src/headless/repository.mjs'
import { demoModel, DIGITS } from './input-files'
import { expect, test } from './served'

/** What the page may cost before anything is dropped on it: markup, styles and scripts, gzipped. */
const SHELL_BYTES = 90_000
/** Cloudflare Pages serves no larger file. */
const LARGEST_FILE_BYTES = 25 * 1024 * 1024

function gzippedBytes(paths: Iterable<string>): number {
  let sum = 0
  for (const path of paths) sum += gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length
  return sum
}

test('the page is light until files come, and no runtime is fetched before a model runs', async ({
  page,
  served,
}) => {
  const asked = new Set<string>()
  page.context().on('request', (request) => {
    const path = request.url().slice(served.url.length)
    asked.add(path === '' ? 'index.html' : path)
  })
  const isCode = (path: string) => /\.(?:html|js|css)$/.test(path)
  await page.goto(served.url)
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const shell = [...asked].filter(isCode)
  expect(shell).toContainEqual(expect.stringMatching(/^assets\/index-.+\.js$/))
  expect(gzippedBytes(shell)).toBeLessThan(SHELL_BYTES)

  await page.getByLabel('Models and data').setInputFiles([demoModel('digits_mlp'), DIGITS])
  await expect(page.getByRole('button', { name: 'Evaluate 1 model' })).toBeEnabled()
  const ready = [...asked].filter(isCode)
  expect(ready.length).toBeGreaterThan(shell.length)
  expect([...asked].filter((path) => /\/ort[.-]|\.wasm$/.test(path))).toEqual([])
  test.info().annotations.push({
    type: 'gzipped',
    description: `${String(gzippedBytes(shell))} bytes at first, ${String(gzippedBytes(ready))} bytes when files are read`,
  })
})

for (const width of [360, 768, 1440]) {
  test(`nothing moves while the page starts, ${String(width)} px wide`, async ({
    page,
    served,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        // The type of a shift is in no library yet.
        for (const entry of list.getEntries()) shifts.push(Number(entry.toJSON().value))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(served.url)
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
    // The header tells the backend last.
    await expect(page.getByRole('banner')).toContainText('WASM')
    expect(await page.evaluate('shifts')).toEqual([])
  })
}

test('every file is small enough for every host', () => {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  const sizes = files.map((path) => statSync(join(DIST, path)).size)
  expect(Math.max(...sizes)).toBeGreaterThan(10_000_000)
  expect(Math.max(...sizes)).toBeLessThan(LARGEST_FILE_BYTES)
})
