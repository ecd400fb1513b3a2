import { playwright } from '@vitest/browser-playwright'
import { defineConfig, mergeConfig } from 'vitest/config'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import appConfig from '../../vite.config.ts'

const executablePath = await findChromium()
if (executablePath === null) {
  throw new Error('The browser tests need Chromium: `npm test` installs one.')
}

/** Real workers and the real runtime in Chromium, on WASM and on software WebGPU alike. */
export default defineConfig({
  ...mergeConfig(appConfig, { root: new URL('../..', import.meta.url).pathname }),
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath, args: chromiumArgs('software') },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
