import { ensureBuilt } from './ensure-built.mjs'
import { installChromium } from './install-chromium.mjs'
import { runNode } from './run-command.mjs'

/**
 * `npm run bench` and `npm run screenshots`: a script of the tests, with the page built and a
 * Chromium found or installed.
 * @param {string} script relative to the root
 * @param {readonly string[]} args passed on
 */
export async function runScript(script, args) {
  if (!(await ensureBuilt())) return 1
  const chromium = await installChromium()
  if (chromium === null) return 4
  const env = { BAKEOFF_CHROMIUM: chromium }
  return (await runNode(['--import', 'tsx', script, ...args], { output: 'show', env })).exitCode
}
