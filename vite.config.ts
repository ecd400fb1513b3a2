/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }

/** Cross-origin isolation: shared memory, WASM threads and 5 µs timers need both headers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  base: './',
  plugins: [svelte()],
  define: { __BAKEOFF_VERSION__: JSON.stringify(packageJson.version) },
  worker: { format: 'es' },
  // The runtime's files are named by `?url`; pre-bundling would move its script away from them.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  resolve: {
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { headers: isolation },
  preview: { headers: isolation },
  test: { include: ['test/unit/**/*.test.ts'], environment: 'node' },
})
