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
  ['bench', async (args) => (await import('./run-bench.mjs')).runBench(args)],
])

/** From here on, imports of TypeScript are compiled on the way. */
async function compileTypeScript() {
  const { register } = await import('tsx/esm/api')
  register()
}

/** @param {readonly string[]} args */
async function launch([name = '', ...args]) {
  const command = commands.get(name)
  if (command === undefined) {
    console.error(`Unknown command "${name}". Commands: ${[...commands.keys()].join(', ')}.`)
    return 2
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
