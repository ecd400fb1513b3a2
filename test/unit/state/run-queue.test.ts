import { describe, expect, it } from 'vitest'
import { success, type Outcome } from '../../../src/core/failure'
import { RunQueue } from '../../../src/state/run-queue.svelte'

/** Work that ends when it is told to. */
function work(log: string[], name: string) {
  let resolve: (outcome: Outcome<string>) => void = () => undefined
  const promise = new Promise<Outcome<string>>((settle) => {
    resolve = settle
  })
  return {
    begin: () => {
      log.push(`${name} begins`)
      return promise
    },
    end: () => {
      log.push(`${name} ends`)
      resolve(success(name))
    },
  }
}

describe('RunQueue', () => {
  it('begins at once, and what comes meanwhile in its turn', async () => {
    const queue = new RunQueue()
    const log: string[] = []
    const [a, b, c] = [work(log, 'a'), work(log, 'b'), work(log, 'c')]
    const first = queue.add(a.begin)
    expect(log).toEqual(['a begins'])
    const second = queue.add(b.begin)
    const third = queue.add(c.begin)
    expect(queue.waiting).toBe(2)
    a.end()
    expect(await first).toEqual(success('a'))
    await Promise.resolve()
    expect(queue.waiting).toBe(1)
    b.end()
    c.end()
    expect(await second).toEqual(success('b'))
    expect(await third).toEqual(success('c'))
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c ends', 'c begins'])
    expect(queue.waiting).toBe(0)
  })

  it('does not begin what was dropped, and is free afterwards', async () => {
    const queue = new RunQueue()
    const log: string[] = []
    const [a, b, c] = [work(log, 'a'), work(log, 'b'), work(log, 'c')]
    const first = queue.add(a.begin)
    const second = queue.add(b.begin)
    queue.drop()
    expect(queue.waiting).toBe(0)
    a.end()
    await first
    expect(await second).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    const third = queue.add(c.begin)
    c.end()
    expect(await third).toEqual(success('c'))
    expect(log).not.toContain('b begins')
  })

  it('goes on after work that threw', async () => {
    const queue = new RunQueue()
    const first = queue.add(() => Promise.reject(new Error('a bug')))
    const second = queue.add(() => Promise.resolve(success('b')))
    await expect(first).rejects.toThrow('a bug')
    expect(await second).toEqual(success('b'))
  })
})
