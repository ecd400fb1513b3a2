import { expect, it } from 'vitest'
import { acquireDevice } from '../../src/engine/acquire-device'

const nobody = () => {
  throw new Error('nobody holds the GPU')
}

it('lets one evaluation at a time have the GPU and says what it waits for', async () => {
  const wait = new AbortController()
  const release = await acquireDevice('3 models on digits.csv', wait.signal, nobody)
  let waitsFor = ''
  let isHeld = false
  const second = acquireDevice('1 model on wine.csv', wait.signal, (holder) => {
    waitsFor = holder
  }).then((got) => {
    isHeld = true
    return got
  })
  await expect.poll(() => waitsFor).toBe('3 models on digits.csv')
  expect(isHeld).toBe(false)
  release?.()
  const releaseSecond = await second
  expect(releaseSecond).not.toBeNull()
  releaseSecond?.()
})

it('ends the wait when it is told to', async () => {
  const never = new AbortController()
  const release = await acquireDevice('a', never.signal, nobody)
  const wait = new AbortController()
  const second = acquireDevice('b', wait.signal, () => {
    wait.abort()
  })
  expect(await second).toBeNull()
  release?.()
  const third = await acquireDevice('c', never.signal, nobody)
  expect(third).not.toBeNull()
  third?.()
})
