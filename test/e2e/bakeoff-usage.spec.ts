import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import packageJson from '../../package.json' with { type: 'json' }
import { fromRoot } from '../../src/headless/repository.mjs'
import { runBakeoff } from './run-bakeoff'

const model = fromRoot('public/demo/digits_linear.onnx')
const data = fromRoot('public/demo/digits.csv')

test('--help lists commands, options and exit codes on standard output', async () => {
  const { exitCode, stdout, stderr } = await runBakeoff(['--help'])
  expect(exitCode).toBe(0)
  expect(stderr).toBe('')
  for (const text of [
    'bakeoff compare MODEL…',
    'bakeoff inspect FILE…',
    '--features A,B,…',
    '4 no browser',
  ]) {
    expect(stdout).toContain(text)
  }
})

test('--version prints the version alone', async () => {
  const { exitCode, stdout } = await runBakeoff(['--version'])
  expect(exitCode).toBe(0)
  expect(stdout).toBe(`${packageJson.version}\n`)
})

test('a file that does not exist ends the command before a browser starts', async () => {
  const { exitCode, stdout, stderr } = await runBakeoff(
    [...['compare', model, 'absent.onnx', '--data', data]],
    { env: { BAKEOFF_CHROMIUM: '/nonexistent' } },
  )
  expect(exitCode).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toBe('"absent.onnx" does not exist.\n  Check the path.\n')
})

test('an unknown option ends the command with the near one', async () => {
  const { exitCode, stderr } = await runBakeoff(['compare', model, '--dta', data])
  expect(exitCode).toBe(2)
  expect(stderr).toBe('This version does not know the option --dta.\n  Did you mean --data?\n')
})

test('a report that could not be written is refused before the run', async () => {
  const { exitCode, stderr } = await runBakeoff([
    ...['compare', model, '--data', data, '--json', 'no-such-folder/report.json'],
  ])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('"no-such-folder/report.json" cannot be written')
})

test('without a browser the exit code is 4 and says how to get one', async () => {
  const { exitCode, stderr } = await runBakeoff(['compare', model, '--data', data], {
    env: { BAKEOFF_CHROMIUM: '/nonexistent/chromium' },
  })
  expect(exitCode).toBe(4)
  expect(stderr).toContain('BAKEOFF_CHROMIUM is "/nonexistent/chromium", which cannot be run.')
})

test('a browser that does not start gives exit code 4', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bakeoff-'))
  const broken = join(folder, 'chromium')
  writeFileSync(broken, '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  try {
    const { exitCode, stderr } = await runBakeoff(['compare', model, '--data', data], {
      env: { BAKEOFF_CHROMIUM: broken },
    })
    expect(exitCode).toBe(4)
    expect(stderr).toContain(`${broken} could not be started`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
