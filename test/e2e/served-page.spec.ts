import { request } from 'node:http'
import { DIST } from '../../src/headless/repository.mjs'
import { serve } from '../../src/headless/serve'
import { expect, MOUNT, test } from './served'

/** `fetch` would tidy the path before it is sent. */
function getRaw(base: string, path: string, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: new URL(base).port, path, method })
    asked.once('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.once('error', reject)
    asked.end()
  })
}

test('the page is isolated, under a sub-path', async ({ page, served }) => {
  expect(new URL(served.url).pathname).toBe(MOUNT)
  await page.goto(served.url)
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)
})

test.describe('on a host without the headers', () => {
  test.use({ isolate: false })
  test('the page is not isolated', async ({ page, served }) => {
    await page.goto(served.url)
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false)
  })
})

test('the page can reach no other address', async ({ page, served }) => {
  const elsewhere = await serve({ folder: DIST })
  try {
    await page.goto(served.url)
    const reach = (address: string) =>
      page.evaluate(
        (url) =>
          fetch(url, { mode: 'no-cors' }).then(
            () => 'reached',
            () => 'blocked',
          ),
        address,
      )
    expect(await reach(`${served.url}demo/README.md`)).toBe('reached')
    expect(await reach(`${elsewhere.url}demo/README.md`)).toBe('blocked')
  } finally {
    await elsewhere.close()
  }
})

test('every file has its media type', async ({ served }) => {
  const html = await fetch(served.url)
  expect(html.headers.get('content-type')).toMatch(/^text\/html/)
  expect(html.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(html.headers.get('cross-origin-embedder-policy')).toBe('require-corp')
  expect(html.headers.get('cache-control')).toBe('no-cache')
  const csv = await fetch(`${served.url}demo/digits.csv`)
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/)
  const model = await fetch(`${served.url}demo/digits_mlp.onnx`)
  expect(model.headers.get('content-type')).toBe('application/octet-stream')
  expect(model.headers.get('cache-control')).toBe('no-cache')
})

test('the runtime is served with its media types and may be cached for good', async ({
  page,
  served,
}) => {
  const seen = new Map<string, string | undefined>()
  const kept: (string | undefined)[] = []
  await page.goto(served.url)
  const scripts = page.locator('script[src]')
  for (const script of await scripts.all()) {
    const address = new URL((await script.getAttribute('src')) ?? '', served.url)
    const response = await fetch(address)
    kept.push(response.headers.get('cache-control') ?? undefined)
    seen.set(address.pathname, response.headers.get('content-type') ?? undefined)
  }
  expect([...seen.values()].every((type) => type?.startsWith('text/javascript'))).toBe(true)
  expect(kept).toContain('public, max-age=31536000, immutable')
})

test('no path leads out of the page', async ({ served }) => {
  const inside = `${MOUNT}demo/digits.csv`
  expect(await getRaw(served.url, inside)).toBe(200)
  for (const path of [
    '/',
    '/package.json',
    `${MOUNT}../package.json`,
    `${MOUNT}../../package.json`,
    `${MOUNT}../../../package.json`,
    `${MOUNT}%2e%2e/package.json`,
    `${MOUNT}..%2fpackage.json`,
    `${MOUNT}..%5cpackage.json`,
    `${MOUNT}demo/../../package.json`,
    `${MOUNT}//etc/passwd`,
    `${MOUNT}%00`,
    `${MOUNT}%`,
  ]) {
    expect(await getRaw(served.url, path), path).toBe(404)
  }
  expect(await getRaw(served.url, inside, 'POST')).toBe(405)
  expect(await getRaw(served.url, MOUNT.slice(0, -1))).toBe(308)
})

test('the licences of what is bundled are in the page', async ({ served }) => {
  const text = await (await fetch(`${served.url}licenses.txt`)).text()
  for (const name of ['svelte', 'comlink', 'onnxruntime-web', 'papaparse', 'onnx-buf']) {
    expect(text).toContain(`\n${name} `)
  }
  expect(text).toContain('@bufbuild/protobuf')
  expect(text).toContain('Copyright (c) 2018 - present Microsoft Corporation')
})
