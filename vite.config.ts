/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }
import { ISOLATION_HEADERS } from './src/hosting/page-headers.ts'
import { staticDeployment } from './src/hosting/static-deployment.ts'
import { thirdPartyLicenses } from './src/headless/third-party-licenses.ts'

/** `BAKEOFF_SERVICE_WORKER=off npm run build` takes the one of earlier builds away. */
const hasServiceWorker = process.env['BAKEOFF_SERVICE_WORKER'] !== 'off'

const licenses = thirdPartyLicenses()

export default defineConfig({
  base: './',
  plugins: [svelte({ configFile: false }), licenses.page, staticDeployment(hasServiceWorker)],
  define: {
    __BAKEOFF_VERSION__: JSON.stringify(packageJson.version),
    __SERVICE_WORKER__: 'false',
    __RUNTIME_VERSION__: JSON.stringify(packageJson.dependencies['onnxruntime-web']),
  },
  worker: {
    format: 'es',
    plugins: () => [licenses.worker],
    rolldownOptions: { output: { assetFileNames } },
  },
  // The runtime's files are named by `?url`; pre-bundling would move its script away from them.
  // What only workers import is named too: found late, it would reload the page in mid-use.
  optimizeDeps: {
    exclude: ['onnxruntime-web'],
    include: [
      'comlink',
      'papaparse',
      'valibot',
      'idb',
      'onnx-buf',
      '@bufbuild/protobuf',
      '@bufbuild/protobuf/wkt',
      '@bufbuild/protobuf/wire',
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
    ],
  },
  resolve: {
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { assetFileNames } },
  },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  // One process per core for all files: a process per file takes longer to start than to test.
  test: {
    include: ['test/unit/**/*.test.ts'],
    environment: 'node',
    isolate: false,
    maxWorkers: 2,
    setupFiles: ['test/unit/fast-check-setup.ts'],
    // A test that takes 1 s alone took 7 s on a machine that did five other things.
    testTimeout: 30_000,
  },
})

/** Some hosts send no script's media type for `.mjs`, and a browser then refuses the module. */
function assetFileNames({ names }: { readonly names: readonly string[] }): string {
  const isModule = names.some((name) => name.endsWith('.mjs'))
  return isModule ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]'
}
