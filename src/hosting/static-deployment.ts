import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import type { BuildFile } from './build-manifest.ts'
import { BUILD_META, SERVICE_WORKER_FILE } from './build-names.ts'
import { bundleServiceWorker } from './bundle-service-worker.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { headersFile } from './headers-file.ts'
import { listBuildFiles } from './list-build-files.ts'

const BUILD_PLACEHOLDER = 'BUILD-ID'

/**
 * What makes the built folder work on any static host: the policy in the page itself, the headers
 * for hosts that read them from a file, and a service worker for those that send none.
 * @param hasServiceWorker false: the build takes the service worker of earlier builds away
 */
export function staticDeployment(hasServiceWorker: boolean): Plugin {
  return {
    name: 'bakeoff:static-deployment',
    apply: 'build',
    config: () => ({ define: { __SERVICE_WORKER__: JSON.stringify(hasServiceWorker) } }),
    // A policy holds for what stands after it in the page.
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: {
          'http-equiv': 'Content-Security-Policy',
          content: contentSecurityPolicy('meta'),
        },
        injectTo: 'head-prepend',
      },
      {
        tag: 'meta',
        attrs: { name: BUILD_META, content: BUILD_PLACEHOLDER },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() })
    },
    async writeBundle({ dir }) {
      if (dir === undefined) throw new Error('the page is built into a folder')
      const id = writeBuildId(dir)
      const files = listBuildFiles(dir)
      checkRuntimes(files)
      const manifest = hasServiceWorker ? { id, files } : null
      writeFileSync(join(dir, SERVICE_WORKER_FILE), await bundleServiceWorker(manifest))
    },
  }
}

/** Names the build after its content, in the page itself. */
function writeBuildId(folder: string): string {
  const hash = createHash('sha256')
  for (const { path, sha256 } of listBuildFiles(folder)) hash.update(`${path}\0${sha256}\n`)
  const id = hash.digest('hex').slice(0, 16)
  const page = join(folder, 'index.html')
  const html = readFileSync(page, 'utf8')
  if (!html.includes(BUILD_PLACEHOLDER)) throw new Error('index.html has no place for the build id')
  writeFileSync(page, html.replace(BUILD_PLACEHOLDER, id))
  return id
}

/** The runtimes are told apart by their names, which the bundler makes. */
function checkRuntimes(files: readonly BuildFile[]): void {
  for (const keep of ['idle', 'use'] as const) {
    const wasm = files.filter((file) => file.keep === keep && file.path.endsWith('.wasm'))
    if (wasm.length !== 1) {
      throw new Error(`${String(wasm.length)} runtimes are kept at the time "${keep}", not one`)
    }
  }
}
