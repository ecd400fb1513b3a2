import { describe, expect, it } from 'vitest'
import { GpuHealth } from '../../../src/engine/gpu-health'

const MINUTE = 60_000

function healthAt(times: readonly number[]) {
  let now = 0
  const health = new GpuHealth(() => now)
  for (const time of times) {
    now = time
    health.noteLoss(time)
  }
  return {
    health,
    at: (time: number) => {
      now = time
    },
  }
}

describe('GpuHealth', () => {
  it('lets WebGPU start again after one loss', () => {
    expect(healthAt([MINUTE]).health).toMatchObject({ losses: 1, mayStart: true, blockedMs: 0 })
  })

  it('counts one crash that took several devices once', () => {
    let now = 10_000
    const health = new GpuHealth(() => now)
    health.noteLoss(1_000)
    now = 10_050
    health.noteLoss(2_000)
    expect(health.losses).toBe(1)
    now = 20_000
    health.noteLoss(15_000)
    expect(health.losses).toBe(2)
  })

  it('keeps WebGPU off for two minutes after a second loss within two minutes, then tries again', () => {
    const { health, at } = healthAt([MINUTE, 2 * MINUTE])
    expect(health).toMatchObject({ mayStart: false, isOff: false, blockedMs: 2 * MINUTE })
    at(3.5 * MINUTE)
    expect(health.blockedMs).toBe(0.5 * MINUTE)
    expect(health.describe()).toBe(
      'The GPU was lost twice within two minutes; it is tried again in 30 s.',
    )
    at(4 * MINUTE)
    expect(health.mayStart).toBe(true)
  })

  it('does not mind two losses far apart', () => {
    expect(healthAt([MINUTE, 4 * MINUTE]).health.mayStart).toBe(true)
  })

  it('B14 leaves WebGPU off after the third loss, for good', () => {
    const { health, at } = healthAt([MINUTE, 5 * MINUTE, 9 * MINUTE])
    at(1_000 * MINUTE)
    expect(health).toMatchObject({ isOff: true, mayStart: false })
    expect(health.describe()).toMatch(/lost three times; it stays off until the page is reloaded/)
  })
})
