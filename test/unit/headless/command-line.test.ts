import { describe, expect, test } from 'vitest'
import { parseCommandLine } from '../../../src/headless/command-line'

function failureOf(...args: readonly string[]) {
  const outcome = parseCommandLine(args)
  if (outcome.ok) throw new Error(`accepted: ${JSON.stringify(outcome.value)}`)
  return outcome.failure
}

describe('parseCommandLine', () => {
  test('reads every option of compare', () => {
    const outcome = parseCommandLine([
      ...[
        'compare',
        'a.onnx',
        '--data',
        'rows.csv',
        'b.onnx',
        '--target=y',
        '--task',
        'regression',
      ],
      ...['--features', 'x1,"x,2",x3', '--metric', 'rmse', '--baseline', 'a', '--backend', 'wasm'],
      ...['--batch', '64', '--lanes', '3', '--sequential-up-to', '0', '--seed', '7'],
      ...['--recipe', 'r.json', '--images', 'size=8,mean=1|2|3'],
      ...['--json', '-', '--csv', 'board.csv', '--table', 'per-class', '--resume'],
      ...['--html', 'r.html', '--require', 'candidate.rmse < 1', '--markdown', 'r.md'],
      ...['--require', "candidate.verdict != 'worse'", '--speed-test'],
      ...['--reference', 'r1,r2', '--tolerance', 'absolute=1e-6'],
      ...['--filter', 'x1 >0', '--filter', 'y !=', '--sample', 'random=500'],
    ])
    expect(outcome).toEqual({
      ok: true,
      value: {
        kind: 'compare',
        models: ['a.onnx', 'b.onnx'],
        data: ['rows.csv'],
        outputs: {
          json: '-',
          html: 'r.html',
          markdown: 'r.md',
          csv: 'board.csv',
          table: 'per-class',
          requirements: ['candidate.rmse < 1', "candidate.verdict != 'worse'"],
        },
        recipe: 'r.json',
        isResumed: true,
        share: null,
        limits: [],
        isSpeedTested: true,
        settings: {
          kind: 'regression',
          metric: 'rmse',
          target: 'y',
          features: ['x1', 'x,2', 'x3'],
          reference: ['r1', 'r2'],
          tolerance: { absolute: 1e-6, relative: 1e-3 },
          baseline: 'a',
          policy: null,
          windows: null,
          filter: ['x1 >0', 'y !='],
          sample: { kind: 'random', rows: 500 },
          images: { width: 8, height: 8, mean: [1, 2, 3] },
          evaluation: { backend: 'wasm', batchSize: 64, lanes: 3, sequentialUpTo: 0, seed: 7 },
        },
      },
    })
  })

  test('passes the settings of a backtest on as they are typed', () => {
    const outcome = parseCommandLine([
      ...['compare', 'a.zip', '--data', 'd.csv', '--task', 'policy'],
      ...['--policy', 'actions=hold|buy,fee=0.0002', '--windows', 'initial=50,step=5'],
    ])
    expect(outcome.ok && outcome.value).toMatchObject({
      settings: {
        kind: 'policy',
        policy: 'actions=hold|buy,fee=0.0002',
        windows: 'initial=50,step=5',
      },
    })
  })

  test('leaves what was not given to the page', () => {
    const outcome = parseCommandLine(['compare', 'a.onnx', '--data', 'rows.csv'])
    expect(outcome.ok && outcome.value).toMatchObject({
      outputs: { json: null, html: null, csv: null, markdown: null, table: null },
      isResumed: false,
      settings: { kind: null, target: null, features: null, evaluation: {} },
    })
  })

  test('takes auto as a batch size of its own', () => {
    const outcome = parseCommandLine(['compare', 'a', '--data', 'd', '--batch', 'auto'])
    expect(outcome.ok && outcome.value).toMatchObject({
      settings: { evaluation: { batchSize: null } },
    })
  })

  test('takes file names that begin with a dash after --', () => {
    const outcome = parseCommandLine(['inspect', '--', '-odd.onnx'])
    expect(outcome.ok && outcome.value).toMatchObject({ files: ['-odd.onnx'] })
  })

  test.each([['--help'], ['-h'], ['help'], ['compare', '--help']])(
    'shows help for %s %s',
    (...args) => {
      expect(parseCommandLine(args.filter((arg) => arg !== undefined))).toEqual({
        ok: true,
        value: { kind: 'help' },
      })
    },
  )

  test.each(['--parquet', '--constructor'])('says that this version does not know %s', (option) => {
    const failure = failureOf('compare', 'a.onnx', '--data', 'd.csv', option, 'x')
    expect(failure.code).toBe('setting-invalid')
    expect(failure.message).toBe(`This version does not know the option ${option}.`)
  })

  test('reads a share and the parts to merge', () => {
    const compared = parseCommandLine([
      ...['compare', 'a.onnx', '--data', 'd.csv', '--shard', '2/8', '--json', 'p.json'],
    ])
    expect(compared.ok && compared.value).toMatchObject({ share: { index: 2, count: 8 } })
    const merged = parseCommandLine(['merge', 'p1.json', 'p2.json', '--html', 'r.html'])
    expect(merged.ok && merged.value).toMatchObject({
      kind: 'merge',
      parts: ['p1.json', 'p2.json'],
      outputs: { html: 'r.html' },
    })
  })

  test.each([
    [['compare', 'a', '--dat', 'd'], 'Did you mean --data?'],
    [['compare', 'a', '--sequential-upto', '2'], 'Did you mean --sequential-up-to?'],
    [['inspect', 'a', '--jsn', 'f'], 'Did you mean --json?'],
    [['compair'], 'Did you mean "compare"?'],
    [['compare', 'a', '--zzzzzz'], 'See bakeoff --help.'],
  ])('advises on %j: %s', (args, advice) => {
    expect(failureOf(...args).advice).toBe(advice)
  })

  test('takes several files of one dataset', () => {
    const outcome = parseCommandLine(['compare', 'a.onnx', '--data', '1.csv', '--data', '2.csv'])
    expect(outcome).toMatchObject({ ok: true, value: { data: ['1.csv', '2.csv'] } })
  })

  test.each([
    [['compare', '--data', 'd'], 'compare needs a model.'],
    [['compare', 'a'], 'compare needs data.'],
    [['inspect'], 'inspect needs a file.'],
    [['compare', 'a', '--data'], '--data needs a value: --data FILE.'],
    [['compare', 'a', '--data', '--target', 'y'], '--data needs a value: --data FILE.'],
    [['compare', 'a', '--data='], '--data needs a value: --data FILE.'],
    [['compare', 'a', '--data', 'd', '--task', 'e', '--task', 'f'], '--task was given twice.'],
    [['compare', 'a', '--data', 'd', '--resume=yes'], '--resume takes no value.'],
    [['compare', 'a', '--version'], '--version goes before a command.'],
    [
      ['compare', 'a', '--data', 'd', '--json', '-', '--csv', '-'],
      '--json and --csv cannot all go to standard output.',
    ],
    [['merge'], 'merge needs parts.'],
    [['compare', 'a', '--data', 'd', '--shard', '3/2', '--json', 'p'], '--shard is "3/2".'],
    [['compare', 'a', '--data', 'd', '--shard', '0/2', '--json', 'p'], '--shard is "0/2".'],
    [['compare', 'a', '--data', 'd', '--shard', '1'], '--shard is "1".'],
    [['compare', 'a', '--data', 'd', '--shard', '1/2'], '--shard needs a file for its part.'],
    [
      ['compare', 'a', '--data', 'd', '--shard', '1/2', '--json', 'p', '--csv', 'c'],
      'A share has no figures yet.',
    ],
    [['show'], 'show needs one report.'],
    [['show', 'a.json', 'b.json'], 'show needs one report.'],
    [['show', 'a.json', '--table', 'roc'], '--table says which table --csv FILE gets.'],
    [
      ['show', 'a.json', '--csv', 'tables/', '--table', 'roc'],
      '--table says which table --csv FILE gets.',
    ],
    [
      ['show', 'a.json', '--require', 'x ='],
      'The requirement "x =" cannot be read: Unexpected "=" at character 2.',
    ],
    [['compare', 'a', '--data', 'd', '--batch', '0'], '--batch is "0".'],
    [['compare', 'a', '--data', 'd', '--batch', '1e3'], '--batch is "1e3".'],
    [['compare', 'a', '--data', 'd', '--sample', 'last=5'], '--sample is "last=5".'],
    [['compare', 'a', '--data', 'd', '--sample', 'first=0'], '--sample is "first=0".'],
    [['compare', 'a', '--data', 'd', '--images', 'size=0'], 'size of --images is "0".'],
    [['compare', 'a', '--data', 'd', '--lanes', '2.5'], '--lanes is "2.5".'],
    [
      ['compare', 'a', '--data', 'd', '--seed', '9007199254740993'],
      '--seed is "9007199254740993".',
    ],
    [['compare', 'a', '--data', 'd', '--task', 'ranking'], '--task is "ranking".'],
    [['compare', 'a', '--data', 'd', '--backend', 'cuda'], '--backend is "cuda".'],
    [['compare', 'a', '--data', 'd', '--features', 'a,,b'], '--features is "a,,b".'],
    [['compare', 'a', '--data', 'd', '--features', 'a,"b'], '--features is "a,"b".'],
    [['--data', 'd'], 'The command has to come first: compare, merge, show and inspect.'],
  ])('refuses %j: %s', (args, message) => {
    expect(failureOf(...args)).toMatchObject({ code: 'setting-invalid', message })
  })
})
