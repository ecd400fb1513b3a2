import { countPlaywright, countVitest } from './test-counts.mjs'

/**
 * @typedef {object} Stage
 * @property {string} name As `npm test -- NAME` takes it.
 * @property {readonly string[]} args For Node, from the root.
 * @property {boolean} needsChromium
 * @property {boolean} needsBuild
 * @property {number} limitMs Some four times what it takes on two cores; then it is killed.
 * @property {((report: unknown) => import('./test-counts.mjs').Counts) | null} count Null: the
 *   stage as a whole is one check.
 */

const RESULTS = 'test-results'
const MINUTE_MS = 60_000

/** @param {string} stage */
export function reportPath(stage) {
  return `${RESULTS}/${stage}.json`
}

const TYPES = ['--tsconfig', './tsconfig.json', '--fail-on-warnings']
const BROWSER = ['--config', 'test/browser/vitest.config.ts']
const FAULTS = ['--config', 'test/faults/vitest.config.ts']

/**
 * In the order in which they run: what fails fastest comes first. Stages of one group run side by
 * side, as each of them keeps one core busy or mostly waits for deadlines.
 * @type {readonly (readonly Stage[])[]}
 */
export const STAGE_GROUPS = [
  [
    check('types', ['node_modules/svelte-check/bin/svelte-check', ...TYPES]),
    check('lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']),
    check('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '.']),
  ],
  [{ ...vitest('unit', [], 6), needsChromium: false }],
  [vitest('browser', BROWSER, 8)],
  [
    vitest('faults', [...FAULTS, '--exclude', '**/{chaos,losses}.test.ts'], 12),
    vitest('chaos', [...FAULTS, 'chaos', 'losses'], 12),
  ],
  [endToEnd('e2e', ['wasm'], 2)],
  [endToEnd('timed', ['wasm-timed', 'webgpu-software'], 1)],
]

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Stage}
 */
function check(name, args) {
  const limitMs = 6 * MINUTE_MS
  return { name, args, needsChromium: false, needsBuild: false, limitMs, count: null }
}

/**
 * @param {string} name
 * @param {readonly string[]} options
 * @param {number} minutes
 * @returns {Stage}
 */
function vitest(name, options, minutes) {
  const stuck = '--reporter=./src/headless/stuck-test-reporter.mjs'
  const reporters = ['--reporter=default', stuck, '--reporter=json']
  const output = `--outputFile.json=${reportPath(name)}`
  return {
    name,
    args: ['node_modules/vitest/vitest.mjs', 'run', ...options, ...reporters, output],
    needsChromium: true,
    needsBuild: false,
    limitMs: minutes * MINUTE_MS,
    count: countVitest,
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} projects
 * @param {number} workers
 * @returns {Stage}
 */
function endToEnd(name, projects, workers) {
  const config = ['--config=test/e2e/playwright.config.ts', `--output=${RESULTS}/${name}`]
  return {
    name,
    args: [
      'node_modules/@playwright/test/cli.js',
      'test',
      ...config,
      `--workers=${String(workers)}`,
      ...projects.map((project) => `--project=${project}`),
    ],
    needsChromium: true,
    needsBuild: true,
    limitMs: 20 * MINUTE_MS,
    count: countPlaywright,
  }
}
