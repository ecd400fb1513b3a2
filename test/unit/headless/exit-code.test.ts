import { expect, test } from 'vitest'
import { exitCode } from '../../../src/headless/exit-code'

test.each([
  ['setting-invalid', 2],
  ['file-unreadable', 2],
  ['data-malformed', 2],
  ['target-absent', 2],
  ['feature-absent', 2],
  ['model-corrupt', 2],
  ['run-failed', 3],
  ['out-of-memory', 3],
  ['operator-unknown', 3],
  ['deadline-missed', 3],
  ['internal', 3],
  ['browser-absent', 4],
  ['cancelled', 130],
] as const)('%s ends the command with %i', (code, expected) => {
  expect(exitCode(code)).toBe(expected)
})
