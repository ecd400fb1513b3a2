import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Report } from '../../src/core/report'
import { demoModel, DIGITS } from './input-files'
import { runBakeoff } from './run-bakeoff'

const compare = [
  ...['compare', demoModel('digits_linear'), demoModel('digits_mlp'), '--data', DIGITS],
  ...['--target', 'label', '--backend', 'wasm', '--baseline', 'digits_mlp'],
]
let folder = ''

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeoff-shards-'))
})
test.afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** What does not depend on how fast and in which order things went. */
function lasting(file: string): unknown {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report & { unreadable?: unknown }
  const { createdAt, events, unreadable, environment, ...rest } = report
  expect(Date.parse(createdAt)).toBeGreaterThan(0)
  expect(events.length).toBeGreaterThan(0)
  expect(unreadable ?? []).toEqual([])
  return {
    ...rest,
    environment: { ...environment, disturbances: [] },
    models: rest.models.map((model) => ({ ...model, timing: null, batchSize: null, memory: null })),
  }
}

test('three shares, merged in another order, give the report of one run; strangers are refused', async () => {
  const file = (name: string) => join(folder, name)
  const runs = ['1/3', '2/3', '3/3'].map((share) => {
    const json = file(`${share[0] ?? ''}.json`)
    return runBakeoff([...compare, '--shard', share, '--json', json])
  })
  for (const { exitCode, stderr } of await Promise.all(runs)) expect(exitCode, stderr).toBe(0)
  const whole = await runBakeoff([...compare, '--json', file('whole.json')])
  expect(whole.exitCode, whole.stderr).toBe(0)

  const merged = await runBakeoff([
    ...['merge', file('3.json'), file('1.json'), file('2.json'), '--json', file('merged.json')],
    ...['--markdown', file('verdict.md'), '--require', 'candidate.accuracy >= baseline.accuracy'],
  ])
  expect(merged.exitCode, merged.stderr).toBe(1)
  expect(merged.stdout).toContain('digits_linear: does not hold, 0.933227 >= 0.977742')
  expect(lasting(file('merged.json'))).toEqual(lasting(file('whole.json')))
  expect(readFileSync(file('verdict.md'), 'utf8')).toContain('❌ does not hold')

  const part = JSON.parse(readFileSync(file('2.json'), 'utf8')) as object
  writeFileSync(file('other.json'), JSON.stringify({ ...part, sha256: 'ab' }))
  const damaged = await runBakeoff(['merge', file('1.json'), file('other.json'), file('3.json')])
  expect(damaged.exitCode).toBe(2)
  expect(damaged.stderr).toContain('"other.json" is damaged: its hash does not fit its content.')
  const missing = await runBakeoff(['merge', file('1.json'), file('2.json')])
  expect(missing.exitCode).toBe(2)
  expect(missing.stderr).toContain('1 share of 3 missing: 3/3.')
})
