import { defineConfig } from '@playwright/test'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'

const executablePath = await findChromium()
if (executablePath === null) {
  throw new Error('The end-to-end tests need Chromium: `npm test` installs one.')
}

const launch = (graphics: 'none' | 'software') => ({
  launchOptions: { executablePath, args: chromiumArgs(graphics) },
})

/** On the built page, served as a host would: the runtime's wiring has failed in builds only. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  // A busy machine is slow, not wrong.
  expect: { timeout: 15_000 },
  globalTimeout: 25 * 60_000,
  reporter: [['line'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
  projects: [
    { name: 'wasm', testIgnore: '**/*.webgpu.spec.ts', use: launch('none') },
    { name: 'webgpu-software', testMatch: '**/*.webgpu.spec.ts', use: launch('software') },
  ],
})
