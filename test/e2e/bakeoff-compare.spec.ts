import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import Papa from 'papaparse'
import type { Report } from '../../src/core/report'
import { fromRoot } from '../../src/headless/repository.mjs'
import expected from '../reference/digits.expected.json' with { type: 'json' }
import { descendants, isAlive } from './process-tree'
import { runBakeoff } from './run-bakeoff'

const NAMES = ['digits_linear', 'digits_mlp', 'digits_cnn'] as const
const [linear, mlp, cnn] = NAMES.map((name) => fromRoot(`public/demo/${name}.onnx`)) as [
  string,
  string,
  string,
]
const data = fromRoot('public/demo/digits.csv')
/** One row a time on software WebGPU: long enough to be interrupted. */
const SLOW = ['compare', cnn, '--data', data, '--backend', 'webgpu', '--batch', '1']

let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeoff-'))
})
test.afterEach(() => {
  rmSync(folder, { recursive: true })
})

function readReport(path: string): Report {
  return JSON.parse(readFileSync(path, 'utf8')) as Report
}

test('compares the demo as scikit-learn scores it, in text, JSON and CSV', async () => {
  const json = join(folder, 'report.json')
  const csv = join(folder, 'board.csv')
  const args = ['compare', linear, mlp, cnn, '--data', data, '--target', 'label']
  const { exitCode, stdout, stderr } = await runBakeoff([...args, '--json', json, '--csv', csv])
  expect(exitCode, stderr).toBe(0)

  expect(stdout).toMatch(/^⚡ Using PARALLEL processing \(models: 3, lanes: \d+\)\n/)
  expect(stdout).toContain('📊 [1/3] Evaluating ')
  expect(stdout).toMatch(/✓ \[\d\/3\] digits_cnn: Score=0\.9873, Time=\d+\.\ds\n/)
  expect(stdout).toMatch(/Parallel evaluation completed in \d+\.\d seconds\n/)
  expect(stdout).toMatch(
    /\n +=1 {2}digits_cnn +0\.987 .* ok\n +=1 {2}digits_mlp .*\n +3 {2}digits_linear /,
  )
  expect(stdout).toMatch(
    /\ndigits_cnn beats the baseline digits_linear by 5\.4 points of accuracy, 95\s% interval .*, 629 rows\. digits_cnn and digits_mlp cannot be told apart\.\n$/,
  )

  const report = readReport(json)
  expect(report.schema).toBe('bakeoff.report/1')
  expect(report.ranking).toEqual(['digits_cnn', 'digits_mlp', 'digits_linear'])
  expect(report.dataset).toMatchObject({ rows: expected.digits.rows, droppedRows: 0 })
  const board = Papa.parse<Record<string, string>>(readFileSync(csv, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data
  expect(board.map((row) => row['model'])).toEqual(report.ranking)
  for (const name of NAMES) {
    const model = report.models.find((candidate) => candidate.name === name)
    const row = board.find((candidate) => candidate['model'] === name)
    const figures = Object.entries(expected.digits.models[`${name}.onnx`]).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    )
    expect(figures.length).toBeGreaterThan(5)
    for (const [metric, figure] of figures) {
      expect(model?.metrics[metric], `${name} ${metric}`).toBeCloseTo(figure, 6)
      expect(Number(row?.[metric]), `${name} ${metric} in CSV`).toBe(model?.metrics[metric])
    }
  }
})

test('with --json - standard output is the report and nothing else', async () => {
  const args = ['compare', mlp, linear, '--data', data, '--backend', 'wasm', '--json', '-']
  const { exitCode, stdout, stderr } = await runBakeoff(args)
  expect(exitCode, stderr).toBe(0)
  const report = JSON.parse(stdout) as Report
  expect(report.ranking).toEqual(['digits_mlp', 'digits_linear'])
  expect(report.plan).toMatchObject({ mode: 'sequential', lanes: 1 })
  expect(stderr).toContain('🔧 Using SEQUENTIAL processing to avoid GPU deadlock (models: 2)')
  expect(stderr).toContain('digits_mlp beats digits_linear')
})

test('--backend webgpu takes the software adapter, says so and answers the same', async () => {
  const args = ['compare', linear, mlp, cnn, '--data', data, '--backend', 'webgpu', '--json', '-']
  const { exitCode, stdout, stderr } = await runBakeoff(args)
  expect(exitCode, stderr).toBe(0)
  expect(stderr).toContain('No WebGPU adapter but a software one was found')
  const report = JSON.parse(stdout) as Report
  expect(report.models.map((model) => model.backend)).toEqual(['webgpu', 'webgpu', 'webgpu'])
  expect(report.environment.adapter?.isFallback).toBe(true)
  for (const name of NAMES) {
    const model = report.models.find((candidate) => candidate.name === name)
    const { accuracy } = expected.digits.models[`${name}.onnx`]
    expect(model?.metrics['accuracy'], name).toBeCloseTo(accuracy, 6)
  }
})

test('--backend auto leaves a software adapter alone', async () => {
  const args = ['compare', linear, '--data', data, '--json', '-']
  const { exitCode, stdout, stderr } = await runBakeoff(args)
  expect(exitCode, stderr).toBe(0)
  expect((JSON.parse(stdout) as Report).models.map((model) => model.backend)).toEqual(['wasm'])
})

test('settings reach the run: metric, batch, lanes, mode, features', async () => {
  const features = Array.from({ length: 64 }, (_, index) => `px${String(index)}`).join(',')
  const { exitCode, stdout, stderr } = await runBakeoff([
    ...['compare', mlp, linear, '--data', data, '--task', 'classification', '--metric', 'logLoss'],
    ...['--batch', '32', '--lanes', '2', '--sequential-up-to', '0', '--features', features],
    ...['--seed', '5', '--backend', 'wasm', '--json', '-'],
  ])
  expect(exitCode, stderr).toBe(0)
  const report = JSON.parse(stdout) as Report
  expect(report.primaryMetric).toEqual({ id: 'logLoss', direction: 'lower' })
  expect(report.plan).toMatchObject({ mode: 'pool', lanes: 2, sequentialUpTo: 0 })
  expect(report.models.map((model) => model.batchSize)).toEqual([32, 32])
  expect(report.dataset.roles.features).toHaveLength(64)
  expect(report.ranking).toEqual(['digits_mlp', 'digits_linear'])
})

test('a model that cannot be read costs only itself: exit code 3', async () => {
  const corrupt = join(folder, 'corrupt.onnx')
  writeFileSync(corrupt, readFileSync(mlp).subarray(0, 5_000))
  const json = join(folder, 'report.json')
  const args = ['compare', linear, corrupt, cnn, '--data', data, '--json', json]
  const { exitCode, stdout, stderr } = await runBakeoff(args)
  expect(exitCode, stderr).toBe(3)
  expect(stderr).toContain('corrupt')
  expect(readReport(json).ranking.slice(0, 2)).toEqual(['digits_cnn', 'digits_linear'])
  expect(stdout).toContain('digits_cnn beats digits_linear')
})

test('an unknown column is bad input: exit code 2, with the near name', async () => {
  const args = ['compare', linear, '--data', data, '--target', 'lable']
  const { exitCode, stdout, stderr } = await runBakeoff(args)
  expect(exitCode).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('There is no column of digits.csv called "lable".')
  expect(stderr).toContain('"label"')
})

test('data that cannot be read is bad input: exit code 2', async () => {
  const empty = join(folder, 'empty.csv')
  writeFileSync(empty, '')
  const { exitCode, stderr } = await runBakeoff(['compare', linear, '--data', empty])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('empty.csv')
})

test('paths are read from the folder of the caller', async () => {
  writeFileSync(join(folder, 'm.onnx'), readFileSync(linear))
  writeFileSync(join(folder, 'rows.csv'), readFileSync(data))
  const args = ['compare', 'm.onnx', '--data', 'rows.csv', '--backend', 'wasm', '--csv', 'out.csv']
  const asNpmDoes = { cwd: fromRoot(''), env: { INIT_CWD: folder } }
  const { exitCode, stderr } = await runBakeoff(args, asNpmDoes)
  expect(exitCode, stderr).toBe(0)
  expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toMatch(
    /^rank,model,accuracy,.*\r\n1,m,0\.93/,
  )
})

test('inspect prints what files say of themselves', async () => {
  const { exitCode, stdout, stderr } = await runBakeoff(['inspect', cnn, data])
  expect(exitCode, stderr).toBe(0)
  expect(stdout).toContain('digits_cnn.onnx\n')
  expect(stdout).toContain('input          features: float32 [batch, 64]\n')
  expect(stdout).toContain('output         logits: float32 [batch, 10]\n')
  expect(stdout).toContain('digits.csv\n')
  expect(stdout).toMatch(/\n {2}label +integer +0 +10\n/)
})

test('inspect --json - gives the facts as JSON; a file that cannot be read is exit code 2', async () => {
  const text = join(folder, 'text.onnx')
  writeFileSync(text, 'no model\n')
  const { exitCode, stdout, stderr } = await runBakeoff(['inspect', linear, text, '--json', '-'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('text.onnx')
  const facts = JSON.parse(stdout) as { kind: string; name: string; opset: number }[]
  expect(facts).toHaveLength(1)
  expect(facts[0]).toMatchObject({ kind: 'model', name: 'digits_linear', opset: 14 })
})

test('SIGINT ends a run with exit code 130 and leaves no browser', async () => {
  let browsers: readonly number[] = []
  let interruptedAt = 0
  const { exitCode, stdout, stderr } = await runBakeoff(SLOW, {
    onOutput: (text, child) => {
      if (interruptedAt > 0 || !text.includes('Evaluating') || child.pid === undefined) return
      browsers = descendants(child.pid)
      interruptedAt = Date.now()
      child.kill('SIGINT')
    },
  })
  expect(exitCode, `${stdout}\n${stderr}`).toBe(130)
  expect(Date.now() - interruptedAt).toBeLessThan(10_000)
  expect(browsers.length).toBeGreaterThan(0)
  expect(browsers.filter(isAlive)).toEqual([])
})

test('a browser that dies in a run ends the command with exit code 3', async () => {
  let isKilled = false
  const { exitCode, stdout, stderr } = await runBakeoff(SLOW, {
    onOutput: (text, child) => {
      if (isKilled || !text.includes('Evaluating') || child.pid === undefined) return
      isKilled = true
      for (const pid of descendants(child.pid)) {
        if (isAlive(pid)) process.kill(pid, 'SIGKILL')
      }
    },
  })
  expect(exitCode, `${stdout}\n${stderr}`).toBe(3)
  expect(stderr).toMatch(/The (browser|page) (ended|crashed)/)
})
