import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Failure } from '../../src/core/failure'
import type { Report } from '../../src/core/report'
import { demoModel, DIGITS, fixtureData, fixtureModel } from './input-files'
import { runBakeoff } from './run-bakeoff'

type Reason = Pick<Failure, 'code' | 'message' | 'advice'>

interface Document extends Report {
  readonly error?: Reason
  readonly unreadable: readonly { readonly fileName: string; readonly error: Reason }[]
}

let folder: string
let json: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeoff-'))
  json = join(folder, 'report.json')
})
test.afterEach(() => {
  rmSync(folder, { recursive: true })
})

function readDocument(): Document {
  return JSON.parse(readFileSync(json, 'utf8')) as Document
}

const linear = demoModel('digits_linear')

test('a browser that does not start: exit code 4, and the reason as JSON', async () => {
  const args = ['compare', linear, '--data', DIGITS, '--json', json]
  const { exitCode, stdout, stderr } = await runBakeoff(args, {
    env: { BAKEOFF_CHROMIUM: '/bin/false', XDG_CACHE_HOME: folder },
  })
  expect(exitCode, stderr).toBe(4)
  expect(stdout).toBe('')
  const { error } = readDocument()
  expect(error?.code).toBe('browser-absent')
  expect(error?.message).toContain('/bin/false could not be started')
  expect(stderr).toContain(error?.message)
  expect(stderr).toContain(error?.advice)
  expect(stderr).not.toContain('--resume')
})

test('inspect without a browser: exit code 4, and the reason on standard output', async () => {
  const { exitCode, stdout } = await runBakeoff(['inspect', linear, '--json', '-'], {
    env: { BAKEOFF_CHROMIUM: '/nonexistent/chromium' },
  })
  expect(exitCode).toBe(4)
  expect((JSON.parse(stdout) as { error: Reason }).error).toMatchObject({
    code: 'browser-absent',
    message: 'BAKEOFF_CHROMIUM is "/nonexistent/chromium", which cannot be run.',
  })
})

test('models that fail: exit code 3, and a reason for each of them in the report', async () => {
  const corrupt = join(folder, 'corrupt.onnx')
  writeFileSync(corrupt, readFileSync(linear).subarray(0, 1_000))
  const models = [linear, corrupt, fixtureModel('diabetes_linear')]
  const args = ['compare', ...models, '--data', DIGITS, '--target', 'label', '--json', json]
  const { exitCode, stderr } = await runBakeoff([...args, '--backend', 'wasm'])
  expect(exitCode, stderr).toBe(3)
  const { error, models: reported, unreadable } = readDocument()
  expect(error).toBeUndefined()
  const statuses = reported.map(({ name, status }) => [name, status])
  expect(statuses).toEqual([
    ['digits_linear', 'ok'],
    ['diabetes_linear', 'failed'],
  ])
  const reason = reported[1]?.error
  expect(reason?.message).toContain('diabetes_linear')
  expect(stderr).toContain(reason?.message)
  expect(unreadable.map(({ fileName }) => fileName)).toEqual(['corrupt.onnx'])
  expect(unreadable[0]?.error.code).toBe('model-corrupt')
  expect(stderr).toContain(unreadable[0]?.error.message)
})

test('nothing that can be read: exit code 2, and the reason as JSON', async () => {
  const page = join(folder, 'page.onnx')
  writeFileSync(page, '<!doctype html><title>Not found</title>')
  const args = ['compare', page, '--data', DIGITS, '--json', json]
  const { exitCode, stderr } = await runBakeoff(args)
  expect(exitCode, stderr).toBe(2)
  expect(readDocument().error?.message).toContain('page.onnx')
})

test('a file that is missing: exit code 2, and the reason as JSON', async () => {
  const args = ['compare', join(folder, 'no.onnx'), '--data', DIGITS, '--json', json]
  expect((await runBakeoff(args)).exitCode).toBe(2)
  expect(readDocument().error?.code).toBe('file-unreadable')
})

test('a report that does not fit on the disk is named, and the run can be resumed', async () => {
  test.skip(!existsSync('/dev/full'), 'needs a device that is always full')
  const args = ['compare', linear, '--data', DIGITS, '--target', 'label', '--backend', 'wasm']
  const env = { XDG_CACHE_HOME: folder }
  const full = await runBakeoff([...args, '--json', '/dev/full'], { env })
  expect(full.exitCode, full.stderr).toBe(2)
  expect(full.stdout).toContain('digits_linear')
  expect(full.stderr).toContain(
    '"/dev/full" could not be written (ENOSPC: no space left on device)',
  )
  expect(full.stderr).toContain('with --resume')
  const resumed = await runBakeoff([...args, '--json', json, '--resume'], { env })
  expect(resumed.exitCode, resumed.stderr).toBe(0)
  expect(resumed.stdout).toContain('the kept answers are used, nothing is run again')
  expect(readDocument().ranking).toEqual(['digits_linear'])
})

test('G60 labels that look alike: exit code 2 until they are said to be distinct', async () => {
  const data = join(folder, 'iris.csv')
  writeFileSync(data, readFileSync(fixtureData('iris'), 'utf8').replace('setosa', 'Setosa'))
  const args = ['compare', fixtureModel('iris_labels'), '--data', data]
  const refused = await runBakeoff(args)
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain('"Setosa" (1), "setosa" (24)')
  expect(refused.stderr).toContain('--distinct-labels')
  const { exitCode, stderr } = await runBakeoff([...args, '--distinct-labels'])
  expect(exitCode, stderr).toBe(0)
})
