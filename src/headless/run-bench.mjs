import { installChromium } from './install-chromium.mjs'
import { runNode } from './run-command.mjs'

/**
 * `npm run bench`: measures on this machine and prints.
 * @param {readonly string[]} args passed on to the bench
 */
export async function runBench(args) {
  const chromium = await installChromium()
  if (chromium === null) return 4
  const env = { BAKEOFF_CHROMIUM: chromium }
  const bench = ['--import', 'tsx', 'test/bench/bench.ts', ...args]
  return (await runNode(bench, { output: 'show', env })).exitCode
}
