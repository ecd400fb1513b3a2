import type { ParseArgsConfig } from 'node:util'

export interface OptionInfo {
  readonly name: string
  /** How the help calls the value; null for a switch. */
  readonly value: string | null
  readonly help: string
  /** May be given more than once. */
  readonly isRepeatable?: boolean
}

/** Where a report goes and what it has to fulfil: of every command that ends in one. */
export const REPORT_OPTIONS = [
  { name: 'json', value: 'FILE', help: 'write the report; - for standard output' },
  { name: 'html', value: 'FILE', help: 'write the report as one page without script' },
  { name: 'markdown', value: 'FILE', help: 'write verdict and leaderboard for a pull request' },
  { name: 'csv', value: 'FILE', help: 'write the leaderboard; FOLDER/ for every table' },
  { name: 'table', value: 'NAME', help: 'write this table with --csv, for example per-class' },
  {
    name: 'require',
    value: 'EXPRESSION',
    help: 'end with 1 unless it holds for every candidate; may be given more than once',
    isRepeatable: true,
  },
] as const satisfies readonly OptionInfo[]

/** Options of `compare`, in the order of the help. */
export const COMPARE_OPTIONS = [
  {
    name: 'data',
    value: 'FILE',
    help: 'the rows to compare on: a file, or a folder of images (required); again for more files',
    isRepeatable: true,
  },
  {
    name: 'recipe',
    value: 'FILE',
    help: 'set up as in this recipe, which the page saves; options given beside it go over it',
  },
  { name: 'target', value: 'COLUMN', help: 'the column that models predict' },
  { name: 'features', value: 'A,B,…', help: 'the columns that models read, in their order' },
  {
    name: 'map',
    value: 'MODEL:INPUT=A,B,…',
    help: 'the columns that feed an input of a model; may be given more than once',
    isRepeatable: true,
  },
  {
    name: 'output',
    value: 'MODEL:OUTPUT',
    help: 'the output that is the answer of a model; may be given more than once',
    isRepeatable: true,
  },
  {
    name: 'images',
    value: 'KEY=V,…',
    help: 'how images are read: preset, size, resize, layout, channels, scale, mean, std; lists with |',
  },
  { name: 'task', value: 'KIND', help: 'classification, regression, policy or parity' },
  {
    name: 'reference',
    value: 'A,B,…',
    help: 'parity: columns with recorded answers, in place of a baseline',
  },
  {
    name: 'tolerance',
    value: 'KEY=N,…',
    help: 'parity: how close is equal (absolute=1e-5,relative=1e-3)',
  },
  {
    name: 'distinct-labels',
    value: null,
    help: 'labels that differ in spelling alone ("1" and "1.0") are classes of their own',
  },
  { name: 'metric', value: 'ID', help: 'the metric that ranks, for example f1Macro or rmse' },
  {
    name: 'filter',
    value: '"COLUMN CONDITION"',
    help: 'compare rows that fulfil it ("age >=30", "age 1..2", "kind =new"); may be given more than once',
    isRepeatable: true,
  },
  {
    name: 'sample',
    value: 'KIND=N',
    help: 'of these compare first=N, random=N (see --seed) or recent=N rows',
  },
  { name: 'baseline', value: 'NAME', help: 'the model that the others are held against' },
  {
    name: 'policy',
    value: 'KEY=V,…',
    help: 'how policies are traded: fee, fill, size, actions, closeColumn, …; lists with |',
  },
  {
    name: 'windows',
    value: 'initial=N,step=N',
    help: 'walk-forward: rows before the first window, rows per window',
  },
  {
    name: 'backend',
    value: 'KIND',
    help: 'auto (WebGPU on a real adapter, else WASM), webgpu (any adapter) or wasm',
  },
  { name: 'batch', value: 'N', help: 'rows per batch, or auto' },
  { name: 'lanes', value: 'N', help: 'workers at most, when models run in a pool' },
  { name: 'sequential-up-to', value: 'N', help: 'models at most that run one after another (2)' },
  { name: 'seed', value: 'N', help: 'for everything that draws at random (0)' },
  {
    name: 'limit',
    value: 'NAME=N',
    help: 'read files up to this limit, as columns=50000, or without bad rows: malformed-rows=10; may be given more than once',
    isRepeatable: true,
  },
  ...REPORT_OPTIONS,
  {
    name: 'shard',
    value: 'i/n',
    help: 'answer the i-th of n shares alone and write a part for merge with --json',
  },
  {
    name: 'speed-test',
    value: null,
    help: 'afterwards, time the models side by side against the baseline',
  },
  {
    name: 'resume',
    value: null,
    help: 'go on with this comparison after a kill or a crash: finished rows are kept',
  },
] as const satisfies readonly OptionInfo[]

export const INSPECT_OPTIONS = [
  { name: 'json', value: 'FILE', help: 'write the facts; - for standard output' },
] as const satisfies readonly OptionInfo[]

export const GENERAL_OPTIONS = [
  { name: 'help', value: null, help: 'show this help' },
  { name: 'version', value: null, help: 'show the version' },
] as const satisfies readonly OptionInfo[]

/** The options in the form that `node:util` parses. */
export function parseConfig(
  options: readonly OptionInfo[],
): NonNullable<ParseArgsConfig['options']> {
  const short = new Map([
    ['help', 'h'],
    ['version', 'v'],
  ])
  return Object.fromEntries(
    options.map(({ name, value }) => {
      const letter = short.get(name)
      const type = value === null ? ('boolean' as const) : ('string' as const)
      return [name, letter === undefined ? { type } : { type, short: letter }]
    }),
  )
}
