import { installChromium } from './install-chromium.mjs'
import { runNode } from './run-command.mjs'

const SCHEDULES = '500'

/**
 * `npm run chaos [SCHEDULES [SEED]]`: random faults over random runs, many more than `npm test`
 * tries. The seed is printed; the same one gives the same schedules.
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export async function runChaos([schedules = SCHEDULES, seed]) {
  const chromium = await installChromium()
  if (chromium === null) return 4
  const env = {
    BAKEOFF_CHROMIUM: chromium,
    CHAOS_SCHEDULES: schedules,
    ...(seed === undefined ? {} : { CHAOS_SEED: seed }),
  }
  const vitest = ['node_modules/vitest/vitest.mjs', 'run']
  const args = [...vitest, '--config', 'test/faults/vitest.config.ts', 'chaos']
  return (await runNode(args, { output: 'show', env })).exitCode
}
