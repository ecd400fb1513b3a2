import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const FILE_NAME = 'licenses.txt'
const RULE = '─'.repeat(72)
const PACKAGES = `${sep}node_modules${sep}`
/** Texts for packages that leave theirs out of what they publish. */
const KEPT_TEXTS = fileURLToPath(new URL('./licenses/', import.meta.url))

/**
 * Writes `licenses.txt` beside the page: the licence of every package whose code or files are in
 * it. Vite's own `build.license` does not look into workers, where most of them are. A package
 * without a licence text stops the build.
 */
export function thirdPartyLicenses(): { readonly page: Plugin; readonly worker: Plugin } {
  /** Package folders. */
  const bundled = new Set<string>()
  const collect: Plugin['generateBundle'] = (_, bundle) => {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue
      for (const id of output.moduleIds) {
        const folder = packageFolder(id)
        if (folder !== null) bundled.add(folder)
      }
    }
  }
  return {
    worker: { name: 'bakeoff:worker-licenses', apply: 'build', generateBundle: collect },
    page: {
      name: 'bakeoff:licenses',
      apply: 'build',
      generateBundle(options, bundle, isWrite) {
        // Workers are bundled before the page that names them.
        collect.call(this, options, bundle, isWrite)
        const source = licenseDocument([...bundled].sort())
        this.emitFile({ type: 'asset', fileName: FILE_NAME, source })
      },
    },
  }
}

/** Folder of the package that a module belongs to; null for our own modules. */
function packageFolder(id: string): string | null {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '')
  const start = path.lastIndexOf(PACKAGES)
  if (start === -1) return null
  const [scope = '', name = ''] = path.slice(start + PACKAGES.length).split(sep)
  return (
    path.slice(0, start + PACKAGES.length) + (scope.startsWith('@') ? join(scope, name) : scope)
  )
}

function licenseDocument(folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as { name: string; version: string; license: string }
    return `${RULE}\n${name} ${version} (${license.replace(/^\(|\)$/g, '')})\n${RULE}\n\n${licenseText(folder, name)}\n`
  })
  return ['Bakeoff contains these packages under their own licences.\n', ...parts].join('\n')
}

function licenseText(folder: string, name: string): string {
  const kept = join(KEPT_TEXTS, `${name.replace('/', '+')}.txt`)
  if (existsSync(kept)) return readFileSync(kept, 'utf8').trim()
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  if (file === undefined) {
    throw new Error(`${name} ships no licence text: put it into ${dirname(kept)}.`)
  }
  return readFileSync(join(folder, file), 'utf8').trim()
}
