import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { fromRoot, ROOT } from '../../src/headless/repository.mjs'

export const NEXT_VERSION = '99.0.0'

/**
 * Builds the page as its next version, whose scripts have other names and contents.
 * @param serviceWorker `off`: the version that gives its service worker up
 */
export async function buildNextVersion(serviceWorker: 'on' | 'off'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bakeoff-next-'))
  // Read when the configuration is.
  process.env['BAKEOFF_SERVICE_WORKER'] = serviceWorker
  try {
    await build({
      root: ROOT,
      configFile: fromRoot('vite.config.ts'),
      logLevel: 'error',
      define: { __BAKEOFF_VERSION__: JSON.stringify(NEXT_VERSION) },
      worker: { rolldownOptions: { output: { banner: '/* the next version */' } } },
      build: { outDir: folder, emptyOutDir: true },
    })
  } finally {
    delete process.env['BAKEOFF_SERVICE_WORKER']
  }
  return folder
}

/** To be damaged. */
export function copyOfBuild(built: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bakeoff-copy-'))
  cpSync(built, folder, { recursive: true })
  return folder
}

export function removeBuild(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
