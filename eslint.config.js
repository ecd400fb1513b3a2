import js from '@eslint/js'
import importX from 'eslint-plugin-import-x'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

/**
 * The arrows of the house: room → the rooms it may import from, besides itself.
 * `src/README.md` draws the same table. Nothing imports `test`.
 */
const arrows = {
  'src/core': [],
  'src/archive': ['src/core'],
  'src/data': ['src/core', 'src/archive'],
  'src/models': ['src/core', 'src/archive'],
  'src/metrics': ['src/core'],
  'src/statistics': ['src/core'],
  'src/comparison': ['src/core', 'src/metrics', 'src/statistics'],
  'src/tasks': ['src/core', 'src/metrics', 'src/statistics', 'src/comparison'],
  'src/exploration': ['src/core', 'src/metrics', 'src/statistics', 'src/tasks'],
  'src/contract': ['src/core'],
  'src/engine': ['src/contract', 'src/core'],
  'src/report': ['src/core'],
  'src/hosting': [],
  'src/state': ['src/core', 'src/engine', 'src/report', 'src/contract', 'src/hosting'],
  'src/charts': ['src/core'],
  'src/views': ['src/state', 'src/charts', 'src/report', 'src/core'],
  'src/headless': ['src/core', 'src/report', 'src/hosting'],
  workers: [
    'src/contract',
    'src/core',
    'src/report',
    'src/tasks',
    'src/data',
    'src/models',
    'src/metrics',
    'src/statistics',
    'src/hosting',
    'src/comparison',
    'src/exploration',
  ],
}

const rooms = Object.keys(arrows)

const zones = rooms.map((room) => ({
  target: `./${room}`,
  from: [...rooms.filter((other) => other !== room && !allows(room, other)), 'test'].map(
    (other) => `./${other}`,
  ),
  message: `${room} may import only from: ${[room, ...arrows[/** @type {keyof typeof arrows} */ (room)]].join(', ')}.`,
}))

/**
 * @param {string} room
 * @param {string} other
 */
function allows(room, other) {
  return arrows[/** @type {keyof typeof arrows} */ (room)].some((allowed) => allowed === other)
}

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'public/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/ignore': ['node_modules'],
      'import-x/resolver-next': [
        importX.createNodeResolver({ extensions: ['.ts', '.svelte.ts', '.svelte', '.js', '.mjs'] }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'no-restricted-globals': ['error', 'eval'],
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    // Only the evaluator's own folder may name the runtime.
    files: ['src/**', 'workers/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['onnxruntime-web*'],
              message: 'Only workers/evaluator/ imports ONNX Runtime.',
            },
          ],
        },
      ],
    },
  },
  { files: ['test/**'], rules: { 'max-lines-per-function': 'off' } },
)
