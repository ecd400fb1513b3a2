/**
 * The one entry behind `npm start`, `npm test`, `npm run bakeoff` and `npm run bench`. It runs on a
 * fresh checkout with nothing but Node, so nothing here or in `ensure-installed.mjs` may import a
 * package before it is installed.
 */
import { ensureInstalled } from './ensure-installed.mjs'
import { setUserFolder } from './user-folder.mjs'

/** @type {Map<string, (args: readonly string[]) => Promise<number>>} */
const commands = new Map([
  ['start', async (args) => (await compileTypeScript(), await import('./start.ts')).start(args)],
  ['test', async (args) => (await import('./run-tests.mjs')).runTests(args)],
  [
    'bakeoff',
    async (args) => (await compileTypeScript(), await import('./bakeoff.ts')).bakeoff(args),
  ],
  ['bench', (args) => runScript('test/bench/bench.ts', args)],
  ['chaos', async (args) => (await import('./run-chaos.mjs')).runChaos(args)],
  ['fuzz', async (args) => (await import('./run-fuzz.mjs')).runFuzz(args)],
  ['lighthouse', (args) => runScript('test/lighthouse/lighthouse.ts', args)],
  ['screenshots', (args) => runScript('test/screenshots/screenshots.ts', args)],
])

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
async function runScript(script, args) {
  return (await import('./run-script.mjs')).runScript(script, args)
}

/** From here on, imports of TypeScript are compiled on the way. */
async function compileTypeScript() {
  const { register } = await import('tsx/esm/api')
  register()
}

/** The least version of `engines` in `package.json`: older ones fail later and less clearly. */
const LEAST_NODE = [20, 19]

function isNodeNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
}

/** @param {readonly string[]} args */
async function launch([name = '', ...args]) {
  const command = commands.get(name)
  if (command === undefined) {
    console.error(`Unknown command "${name}". Commands: ${[...commands.keys()].join(', ')}.`)
    return 2
  }
  if (!isNodeNewEnough()) {
    const least = LEAST_NODE.join('.')
    console.error(`Bakeoff needs Node ${least} or newer; this is ${process.versions.node}.`)
    return 1
  }
  setUserFolder()
  if (!(await ensureInstalled())) return 1
  return command(args)
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') process.exit(0)
  throw error
})

// Not `process.exit`: it would cut off what a pipe has not taken yet.
process.exitCode = await launch(process.argv.slice(2))
