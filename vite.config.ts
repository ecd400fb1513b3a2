/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }
import { thirdPartyLicenses } from './src/headless/third-party-licenses.ts'

/** Cross-origin isolation: shared memory, WASM threads and 5 µs timers need both headers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const licenses = thirdPartyLicenses()

export default defineConfig({
  base: './',
  plugins: [svelte({ configFile: false }), licenses.page],
  define: {
    __BAKEOFF_VERSION__: JSON.stringify(packageJson.version),
    __RUNTIME_VERSION__: JSON.stringify(packageJson.dependencies['onnxruntime-web']),
  },
  worker: { format: 'es', plugins: () => [licenses.worker] },
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
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
    ],
  },
  resolve: {
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { headers: isolation },
  preview: { headers: isolation },
  test: { include: ['test/unit/**/*.test.ts'], environment: 'node' },
})
