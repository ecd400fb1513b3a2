import { defineConfig } from '@playwright/test'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'

const executablePath = await findChromium()
if (executablePath === null) {
  throw new Error('The end-to-end tests need Chromium: `npm test` installs one.')
}

const launch = (graphics: 'none' | 'software', args: readonly string[] = []) => ({
  launchOptions: { executablePath, args: [...chromiumArgs(graphics), ...args] },
})

/** Else `measureUserAgentSpecificMemory` waits, up to a minute, for a collection to come by itself. */
const EAGER_MEMORY = '--enable-blink-features=ForceEagerMeasureMemory'

const outputFile = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ?? '../../test-results/e2e.json'

/** On the built page, served as a host would: the runtime's wiring has failed in builds only. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  // Those that stop, freeze or time something have the machine to themselves: `npm test` runs the
  // projects `wasm-timed` and `webgpu-software` in a second go.
  workers: 1,
  // A neighbour may hold the cores while something is timed: tried once more, and listed as flaky.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  // A busy machine is slow, not wrong.
  expect: { timeout: 15_000 },
  globalTimeout: 25 * 60_000,
  reporter: [['line'], ['json', { outputFile }]],
  use: { screenshot: 'only-on-failure', trace: 'on-first-retry' },
  projects: [
    {
      name: 'wasm',
      testIgnore: ['**/*.webgpu.spec.ts', '**/*.timed.spec.ts'],
      use: launch('none'),
    },
    { name: 'wasm-timed', testMatch: '**/*.timed.spec.ts', use: launch('none', [EAGER_MEMORY]) },
    { name: 'webgpu-software', testMatch: '**/*.webgpu.spec.ts', use: launch('software') },
  ],
})
