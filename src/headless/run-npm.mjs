import { runCommand, runNode } from './run-command.mjs'

/**
 * Runs the npm that runs this program, else the one of the system. Keeps what it says.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runNpm(args, env = {}) {
  const running = process.env['npm_execpath']
  if (running?.endsWith('npm-cli.js')) return runNode([running, ...args], { output: 'keep', env })
  const name = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  return runCommand(name, args, { output: 'keep', env })
}
