import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { defineConfig, mergeConfig } from 'vitest/config'
import { chromiumArgs } from '../../src/headless/chromium-args.mjs'
import { findChromium } from '../../src/headless/find-chromium.mjs'
import appConfig from '../../vite.config.ts'

const executablePath = await findChromium()
if (executablePath === null) {
  throw new Error('The fault tests need Chromium: `npm test` installs one.')
}

const FAULTY: Readonly<Record<string, string>> = {
  'onnxruntime-web/wasm': fileURLToPath(new URL('runtime/faulty-wasm.ts', import.meta.url)),
  'onnxruntime-web/jspi': fileURLToPath(new URL('runtime/faulty-jspi.ts', import.meta.url)),
}

/** The evaluator gets the real runtime with a fault plan at its boundary; only here, never in the app. */
const faultyRuntime: Plugin = {
  name: 'faulty-runtime',
  enforce: 'pre',
  resolveId(source, importer) {
    return importer?.includes('/test/faults/') === true ? null : (FAULTY[source] ?? null)
  },
}

/** Faults that a browser, a GPU or a file can produce, in Chromium, with our own code as it ships. */
export default defineConfig({
  ...mergeConfig(appConfig, {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    plugins: [faultyRuntime],
    // Two at once must not share a folder.
    optimizeDeps: { include: ['idb', 'valibot'] },
    cacheDir: `node_modules/.vite-${process.env['BAKEOFF_STAGE'] ?? 'faults'}`,
  }),
  define: {
    ...appConfig.define,
    __CHAOS_SCHEDULES__: JSON.stringify(Number(process.env['CHAOS_SCHEDULES'] ?? 20)),
    __CHAOS_SEED__: JSON.stringify(Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000)),
  },
  test: {
    include: ['test/faults/**/*.test.ts'],
    testTimeout: 60_000,
    // Deadlines are real: a neighbour that holds the cores must not fail them for good.
    retry: 1,
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
