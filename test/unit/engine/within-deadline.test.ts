import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DeadlineError, withinDeadline } from '../../../src/engine/within-deadline'

const NEVER = new Promise<never>(() => undefined)

describe('withinDeadline', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  test('settles as the promise does', async () => {
    expect(await withinDeadline(Promise.resolve(3), 100, 'Reading')).toBe(3)
    await expect(withinDeadline(Promise.reject(new Error('no')), 100, 'Reading')).rejects.toThrow(
      'no',
    )
    expect(vi.getTimerCount()).toBe(0)
  })

  test('rejects after the deadline, and not before', async () => {
    const onEnd = vi.fn()
    const waited = withinDeadline(NEVER, 5_000, 'Saving answers').catch(onEnd)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(onEnd).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await waited
    expect(onEnd).toHaveBeenCalledWith(new DeadlineError('Saving answers took longer than 5000 ms'))
  })

  /** The clock goes on while no timer comes. */
  function sleepFor(ms: number): void {
    const awake = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => awake() + ms)
  }

  test('an answer that a sleeping page could not take is still taken', async () => {
    let answer: (value: string) => void = () => undefined
    const waited = withinDeadline(
      new Promise<string>((resolve) => {
        answer = resolve
      }),
      5_000,
      'Saving answers',
    )
    sleepFor(60_000)
    await vi.advanceTimersByTimeAsync(5_000)
    answer('saved')
    expect(await waited).toBe('saved')
  })

  test('after a sleep it still ends', async () => {
    const onEnd = vi.fn()
    void withinDeadline(NEVER, 5_000, 'Saving answers').catch(onEnd)
    sleepFor(60_000)
    await vi.advanceTimersByTimeAsync(5_999)
    expect(onEnd).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(onEnd).toHaveBeenCalledOnce()
  })

  test('where every timer is late it still ends', async () => {
    const onEnd = vi.fn()
    let lost = 0
    const awake = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => awake() + (lost += 60_000))
    void withinDeadline(NEVER, 5_000, 'Saving answers').catch(onEnd)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(onEnd).toHaveBeenCalledOnce()
  })
})
