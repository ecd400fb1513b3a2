import { describe, expect, it } from 'vitest'
import { Mutex } from '../../../../workers/evaluator/mutex'

describe('Mutex', () => {
  it('never lets two pieces of work overlap, keeps their order and survives a rejection', async () => {
    const mutex = new Mutex()
    const trace: string[] = []
    const work = (name: string, fails = false) =>
      mutex.runExclusive(async () => {
        trace.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 5))
        trace.push(`${name} ends`)
        if (fails) throw new Error(name)
        return name
      })
    const settled = await Promise.allSettled([work('a'), work('b', true), work('c')])
    expect(trace).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})
