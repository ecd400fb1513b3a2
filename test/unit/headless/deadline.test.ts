import { expect, test } from 'vitest'
import { DeadlineMissed, withDeadline } from '../../../src/headless/deadline'

test('passes on an answer and a rejection that come in time', async () => {
  await expect(withDeadline(Promise.resolve(7), 1_000, 'It')).resolves.toBe(7)
  await expect(withDeadline(Promise.reject(new Error('no')), 1_000, 'It')).rejects.toThrow('no')
})

test('gives up on a promise that never settles', async () => {
  const waiting = withDeadline(new Promise(() => undefined), 20, 'Reading')
  await expect(waiting).rejects.toThrow(DeadlineMissed)
  await expect(waiting).rejects.toThrow('Reading took longer than 0.02 s')
})
