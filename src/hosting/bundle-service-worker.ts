import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { BuildManifest } from './build-manifest.ts'

const ENTRY = fileURLToPath(new URL('../../workers/service-worker.ts', import.meta.url))

/**
 * The service worker as one classic script: not every browser takes modules there.
 * @param manifest null for one that takes those of earlier builds away
 */
export async function bundleServiceWorker(manifest: BuildManifest | null): Promise<string> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { __BUILD__: JSON.stringify(manifest) },
    build: {
      target: 'es2023',
      write: false,
      rolldownOptions: { input: ENTRY, output: { format: 'iife' } },
    },
  })
  const [output] = [result].flat()
  if (output === undefined || !('output' in output)) throw new Error('no service worker was built')
  return output.output[0].code
}
