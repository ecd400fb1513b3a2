import { test as base, chromium, type BrowserContext, type Page } from '@playwright/test'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import { DIST } from '../../src/headless/repository.mjs'
import { startStaticHost, type StaticHost } from './static-host'

/** On this machine's own addresses the page has no service worker; here it is on another. */
const HOST_NAME = 'pages.example'
const MOUNT = '/bakeoff/'

interface Hosted {
  headers: 'none' | 'file'
  /** The built page on a static host, below a path. */
  host: StaticHost
  /** A browser that takes the host's address for a secure one, as if it were https. */
  visitor: BrowserContext
  /** Complaints of all pages of the visitor: errors on the console and exceptions. */
  complaints: string[]
}

export const test = base.extend<Hosted>({
  headers: ['none', { option: true }],
  complaints: async ({ visitor }, use) => {
    const complaints: string[] = []
    visitor.on('weberror', (error) => complaints.push(error.error().message))
    visitor.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await use(complaints)
  },
  host: async ({ headers }, use) => {
    const host = await startStaticHost({
      ...{ folder: DIST, mount: MOUNT, headers, hostName: HOST_NAME },
    })
    await use(host)
    await host.close()
  },
  visitor: async ({ host }, use) => {
    const executablePath = (await findChromium()) ?? ''
    const { origin } = new URL(host.url)
    const args = [
      ...chromiumArgs('none'),
      `--host-resolver-rules=MAP ${HOST_NAME} 127.0.0.1`,
      `--unsafely-treat-insecure-origin-as-secure=${origin}`,
    ]
    const browser = await chromium.launch({ executablePath, args })
    await use(await browser.newContext())
    await browser.close()
  },
})

/** Opens the page, which then loads itself once more, and waits until it is isolated. */
export async function visit(visitor: BrowserContext, host: StaticHost): Promise<Page> {
  const page = await visitor.newPage()
  await page.goto(host.url)
  // Playwright's `evaluate` counts as a touch of the user's: nothing is asked before.
  await page.waitForEvent('framenavigated')
  await page.waitForFunction(() => window.crossOriginIsolated)
  return page
}

/** Addresses of all that the service worker keeps. */
export function keptFiles(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys()
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return kept.flat().map(({ url }) => url)
  })
}

export { expect } from '@playwright/test'
