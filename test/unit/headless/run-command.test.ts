import { describe, expect, it } from 'vitest'
import { runNode, STOPPED_AT_LIMIT } from '../../../src/headless/run-command.mjs'

/** Starts a child that loops on the same output, and never ends either. */
const ENDLESS = `
  const { spawn } = require('node:child_process')
  spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'inherit' })
  setInterval(() => {}, 1000)
`

describe('runCommand', () => {
  it('gives the exit code and what was said, in order', async () => {
    const script = 'console.log(1); console.error(2); process.exitCode = 3'
    expect(await runNode(['-e', script], { output: 'keep' })).toEqual({
      exitCode: 3,
      output: '1\n2\n',
    })
  })

  it('kills at its limit what loops, with the processes that it has started', async () => {
    // Would never settle while one of them still holds the output.
    const ended = await runNode(['-e', ENDLESS], { output: 'keep', limitMs: 1500 })
    expect(ended.exitCode).toBe(STOPPED_AT_LIMIT)
  })
})
