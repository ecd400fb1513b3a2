import { spawn } from 'node:child_process'
import { ROOT } from './repository.mjs'

/** Longer than any step of ours takes on a slow machine; so that nothing waits for ever. */
const LIMIT_MS = 30 * 60_000

/** Exit code of a program that was stopped at its limit, as `timeout` of coreutils gives it. */
export const STOPPED_AT_LIMIT = 124

/**
 * @typedef {object} RunOptions
 * @property {'show' | 'keep'} output `show` passes it on; `keep` holds it back for {@link Finished}.
 * @property {NodeJS.ProcessEnv} [env] Added to this process's own.
 * @property {number} [limitMs]
 */

/**
 * @typedef {object} Finished
 * @property {number} exitCode 128 + signal number where a signal ended it; 127 where it never began;
 *   {@link STOPPED_AT_LIMIT}.
 * @property {string} output Standard output and error in order of arrival; empty when shown.
 */

/**
 * Runs a program in the root and waits for its end. Never rejects. At the limit the program is killed
 * with everything that it has started: a worker that loops would hold its core for good.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<Finished>}
 */
export function runCommand(program, args, { output, env = {}, limitMs = LIMIT_MS }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that it can be killed as a whole.
      detached: process.platform !== 'win32',
    })
    let isStopped = false
    const timer = setTimeout(() => {
      isStopped = true
      killGroup(child, 'SIGKILL')
    }, limitMs)
    const endSignals = passOnSignals(child)
    /** @type {Buffer[]} */
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    /** @param {number} exitCode @param {string} [note] */
    const finish = (exitCode, note = '') => {
      clearTimeout(timer)
      endSignals()
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') + note })
    }
    child.once('error', (error) => finish(127, error.message))
    child.once('close', (code, signal) => {
      finish(isStopped ? STOPPED_AT_LIMIT : (code ?? (signal === 'SIGINT' ? 130 : 143)))
    })
  })
}

/**
 * Runs a script with this very Node.
 * @param {readonly string[]} args
 * @param {RunOptions} options
 */
export function runNode(args, options) {
  return runCommand(process.execPath, args, options)
}

/**
 * Ctrl-C reaches the terminal's own group alone, so it is passed on; this process follows once the
 * child has ended.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} to be called at the child's end
 */
function passOnSignals(child) {
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  /** @type {NodeJS.Signals | null} */
  let received = null
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    received = signal
    killGroup(child, signal)
  }
  for (const signal of signals) process.on(signal, passOn)
  return () => {
    for (const signal of signals) process.off(signal, passOn)
    if (received !== null) process.kill(process.pid, received)
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killGroup(child, signal) {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch {
    // It has ended already.
  }
}
