import { spawn } from 'node:child_process'
import { ROOT } from './repository.mjs'

/** Longer than any step of ours takes on a slow machine; so that nothing waits for ever. */
const LIMIT_MS = 30 * 60_000

/**
 * @typedef {object} RunOptions
 * @property {'show' | 'keep'} output `show` passes it on; `keep` holds it back for {@link Finished}.
 * @property {NodeJS.ProcessEnv} [env] Added to this process's own.
 * @property {number} [limitMs]
 */

/**
 * @typedef {object} Finished
 * @property {number} exitCode 128 + signal number where a signal ended it; 127 where it never began.
 * @property {string} output Standard output and error in order of arrival; empty when shown.
 */

/**
 * Runs a program in the root and waits for its end. Never rejects.
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
      timeout: limitMs,
    })
    /** @type {Buffer[]} */
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    /** @param {number} exitCode @param {string} [note] */
    const finish = (exitCode, note = '') => {
      resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') + note })
    }
    child.once('error', (error) => finish(127, error.message))
    child.once('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 143)))
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
