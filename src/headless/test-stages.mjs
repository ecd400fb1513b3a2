import { countPlaywright, countVitest } from './test-counts.mjs'

/**
 * @typedef {object} Stage
 * @property {string} name As `npm test -- NAME` takes it.
 * @property {readonly string[]} args For Node, from the root.
 * @property {boolean} needsChromium
 * @property {boolean} needsBuild
 * @property {((report: unknown) => import('./test-counts.mjs').Counts) | null} count Null: the
 *   stage as a whole is one check.
 */

const RESULTS = 'test-results'

/** @param {string} stage */
export function reportPath(stage) {
  return `${RESULTS}/${stage}.json`
}

/** @param {string} stage */
function vitestReporters(stage) {
  return [
    '--reporter=default',
    '--reporter=./src/headless/stuck-test-reporter.mjs',
    '--reporter=json',
    `--outputFile.json=${reportPath(stage)}`,
  ]
}

/** @type {readonly Stage[]} In the order in which they run: what fails fastest comes first. */
export const STAGES = [
  {
    name: 'types',
    args: [
      'node_modules/svelte-check/bin/svelte-check',
      '--tsconfig',
      './tsconfig.json',
      '--fail-on-warnings',
    ],
    needsChromium: false,
    needsBuild: false,
    count: null,
  },
  {
    name: 'lint',
    args: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'],
    needsChromium: false,
    needsBuild: false,
    count: null,
  },
  {
    name: 'format',
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'],
    needsChromium: false,
    needsBuild: false,
    count: null,
  },
  {
    name: 'unit',
    args: ['node_modules/vitest/vitest.mjs', 'run', ...vitestReporters('unit')],
    needsChromium: false,
    needsBuild: false,
    count: countVitest,
  },
  {
    name: 'browser',
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'test/browser/vitest.config.ts',
      ...vitestReporters('browser'),
    ],
    needsChromium: true,
    needsBuild: false,
    count: countVitest,
  },
  {
    name: 'faults',
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'test/faults/vitest.config.ts',
      ...vitestReporters('faults'),
    ],
    needsChromium: true,
    needsBuild: false,
    count: countVitest,
  },
  endToEnd('e2e', ['wasm'], 2),
  endToEnd('timed', ['wasm-timed', 'webgpu-software'], 1),
]

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
    count: countPlaywright,
  }
}
