import { runNode } from './run-command.mjs'

/**
 * `npm run fuzz`: throws mutated files at every parser, led by the code that they reach.
 * @param {readonly string[]} args names of parsers, `--seconds N` or `--inputs N` for each, `--seed N`
 */
export async function runFuzz(args) {
  const script = ['--import', 'tsx', 'test/fuzz/fuzz.ts', ...args]
  return (await runNode(script, { output: 'show' })).exitCode
}
