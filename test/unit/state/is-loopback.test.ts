import { expect, test } from 'vitest'
import { isLoopback } from '../../../src/state/is-loopback'

test.each(['localhost', 'bakeoff.localhost', '127.0.0.1', '127.8.0.1', '[::1]'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true)
  },
)

test.each([
  'example.org',
  'localhost.example.org',
  'notlocalhost',
  '128.0.0.1',
  '127.0.0.1.nip.io',
])('%s is a host', (host) => {
  expect(isLoopback(host)).toBe(false)
})
