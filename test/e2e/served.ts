import { test as base } from '@playwright/test'
import { DIST } from '../../src/headless/repository.mjs'
import { serve, type RunningServer } from '../../src/headless/serve'

/** A host's sub-path: built addresses must not assume the root. */
export const MOUNT = '/tools/bakeoff/'

interface Served {
  /** Set with `test.use({ isolate: false })` for a host that sends neither COOP nor COEP. */
  isolate: boolean
  /** The built page, under a sub-path on a free port. */
  served: RunningServer
}

/** Playwright's `test` with the built page: `page.goto(served.url)`. */
export const test = base.extend<Served>({
  isolate: [true, { option: true }],
  served: async ({ isolate }, use) => {
    const server = await serve({ folder: DIST, mount: MOUNT, isolate })
    await use(server)
    await server.close()
  },
})

export { expect } from '@playwright/test'
