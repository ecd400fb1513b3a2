import { existsSync } from 'node:fs'
import { findChromium } from './find-chromium.mjs'
import { fromRoot } from './repository.mjs'
import { runCommand, runNode } from './run-command.mjs'

/**
 * Finds a Chromium or installs one: Debian's package as root on Debian, else Playwright's build.
 * Says what it does, and why nothing worked.
 * @returns {Promise<string | null>} its path
 */
export async function installChromium() {
  const found = await findChromium()
  if (found !== null) return found
  const asked = process.env['BAKEOFF_CHROMIUM']
  if (asked !== undefined && asked !== '') {
    console.error(`BAKEOFF_CHROMIUM is "${asked}", which cannot be run. Correct or unset it.`)
    return null
  }
  const tries = isRootOnDebian() ? [fromDebian, fromPlaywright] : [fromPlaywright]
  for (const install of tries) {
    const output = await install()
    const path = await findChromium()
    if (path !== null) return path
    console.error(output.trim())
  }
  console.error(
    'No Chromium was found and none could be installed. Install Chromium or Chrome, or set BAKEOFF_CHROMIUM to its path.',
  )
  return null
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

async function fromDebian() {
  console.error('Installing Chromium (apt-get) …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const update = await runCommand('apt-get', ['update'], { output: 'keep', env })
  if (update.exitCode !== 0) return update.output
  const args = ['install', '-y', '--no-install-recommends', 'chromium']
  return (await runCommand('apt-get', args, { output: 'keep', env })).output
}

async function fromPlaywright() {
  console.error('Installing Chromium (playwright install chromium) …')
  const playwright = fromRoot('node_modules/playwright-core/cli.js')
  return (await runNode([playwright, 'install', 'chromium'], { output: 'keep' })).output
}
