import { BakeoffPage } from './bakeoff-page'
import { test as base, expect } from './served'

interface Opened {
  /** Cores that the browser tells of; set with `test.use({ cores: 1 })`. */
  cores: number
  /** The open page. At the end nothing must have left its server or gone wrong unseen. */
  bakeoff: BakeoffPage
  /** Messages on the console that a test provokes. */
  expectedErrors: RegExp | null
}

/** Playwright's `test` with the page open and watched. */
export const test = base.extend<Opened>({
  cores: [2, { option: true }],
  expectedErrors: [null, { option: true }],
  bakeoff: async ({ page, served, cores, expectedErrors }, use, testInfo) => {
    const { origin } = new URL(served.url)
    const foreign: string[] = []
    const errors: string[] = []
    page.context().on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(`${origin}/`) && !/^(blob|data):/.test(url)) foreign.push(url)
    })
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && expectedErrors?.test(message.text()) !== true) {
        errors.push(`${message.text()} ${message.location().url}`)
      }
    })
    const bakeoff = new BakeoffPage(page, served.url)
    await bakeoff.open(cores)
    await use(bakeoff)
    if (
      testInfo.status !== testInfo.expectedStatus &&
      (await page.getByRole('tablist').isVisible())
    ) {
      const log = await bakeoff.openTab('Run details')
      await testInfo.attach('run details', { body: await log.innerText() })
    }
    expect(foreign).toEqual([])
    expect(errors).toEqual([])
  },
})

export { expect } from './served'
