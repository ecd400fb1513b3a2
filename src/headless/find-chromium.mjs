import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const PATH_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Where installers put a browser outside the PATH, by `process.platform`. */
const INSTALLED = new Map([
  [
    'darwin',
    [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
  ],
  [
    'win32',
    [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
      .filter((folder) => folder !== undefined)
      .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
  ],
])

/**
 * The Chromium to drive: `BAKEOFF_CHROMIUM`, then Playwright's own, then the system's.
 * Null where there is none. A `BAKEOFF_CHROMIUM` that cannot be run also gives null: a browser that
 * the user did not ask for would be worse than none.
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  const asked = process.env['BAKEOFF_CHROMIUM']
  if (asked !== undefined && asked !== '') return isExecutable(asked) ? asked : null
  const { chromium } = await import('playwright-core')
  const candidates = [
    chromium.executablePath(),
    ...onPath(PATH_NAMES),
    ...(INSTALLED.get(process.platform) ?? []),
  ]
  return candidates.find(isExecutable) ?? null
}

/** @param {readonly string[]} names */
function onPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
