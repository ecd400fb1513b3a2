import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActionMeaning, PolicySettings, PolicyWindow } from '../../../../src/core/policy'
import type { Market } from '../../../../src/tasks/policy/market'
import { PolicyRollout } from '../../../../src/tasks/policy/policy-rollout'
import { PolicyRunAhead } from '../../../../src/tasks/policy/policy-run-ahead'

const ROWS = 80
const COLUMNS = 2

const SETTINGS: PolicySettings = {
  actions: ['hold', 'buy', 'sell', 'close'],
  accountFeatures: ['position', 'unrealized'],
  positionEncoding: 'sign',
  fill: 'next-open',
  fee: 0.001,
  size: 1,
  initialBalance: 1000,
  periodsPerYear: 252,
  warmup: 0,
  stateReset: false,
  convention: 'bakeoff',
}

function market(seed: number): Market {
  let state = seed
  const draw = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  // Wide enough that a short position can be ruined.
  const prices = () => Float64Array.from({ length: ROWS }, () => 50 + 80 * draw())
  return {
    ...{ rows: ROWS, times: null, open: prices(), close: prices(), observationWidth: COLUMNS },
    spread: Float64Array.from({ length: ROWS }, () => 0.1 * draw()),
    observations: Float32Array.from({ length: ROWS * COLUMNS }, draw),
  }
}

/** A policy whose state and answer depend on every number it has seen; it acts now and then. */
class Fake {
  constructor(
    private readonly actions: readonly ActionMeaning[],
    private readonly isForgetful: boolean,
  ) {}

  next(state: number, observation: Float32Array): number {
    return observation.reduce(
      (sum, value, index) => (sum * 31 + Math.round(value * 1e6) * (index + 3)) % 1_000_003,
      this.isForgetful ? 7 : state,
    )
  }

  act(state: number): number {
    const draw = Math.abs(state) % 97
    if (this.actions[0] === 'target') return draw > 60 ? 0.5 : draw / 97
    return draw > 40 ? 0 : draw % this.actions.length
  }
}

function byBar(
  given: Market,
  windows: readonly PolicyWindow[],
  settings: PolicySettings,
  fake: Fake,
) {
  const rollout = new PolicyRollout(given, windows, settings)
  const states = new Float64Array(rollout.count)
  const actions = new Float64Array(rollout.count)
  while (!rollout.isDone) {
    const observations = rollout.observe()
    for (let w = 0; w < rollout.count; w += 1) {
      const seen = observations.subarray(w * rollout.width, (w + 1) * rollout.width)
      states[w] = fake.next(rollout.resets[w] === 1 ? 0 : (states[w] ?? 0), seen)
      actions[w] = fake.act(states[w] ?? 0)
    }
    rollout.act(actions)
  }
  return rollout.actions()
}

interface Ahead {
  readonly lengths: readonly number[]
  readonly hasState: boolean
  readonly isBarMajor: boolean
}

function runAhead(
  ...[given, windows, settings, fake, { lengths, hasState, isBarMajor }]: [
    ...Parameters<typeof byBar>,
    Ahead,
  ]
) {
  const ahead = new PolicyRunAhead(given, windows, settings, hasState, isBarMajor)
  const states = new Float64Array(ahead.count)
  let answered = 0
  for (let run = 0; !ahead.isDone; run += 1) {
    const bars = lengths[run % lengths.length] ?? 1
    const observations = ahead.observe(bars)
    const actions = new Float64Array(bars * ahead.count)
    const after = states.slice()
    for (let w = 0; w < ahead.count; w += 1) {
      for (let t = 0; t < bars; t += 1) {
        const row = isBarMajor ? t * ahead.count + w : w * bars + t
        const seen = observations.subarray(row * ahead.width, (row + 1) * ahead.width)
        after[w] = fake.next(after[w] ?? 0, seen)
        actions[row] = fake.act(after[w] ?? 0)
      }
    }
    answered += ahead.act(actions)
    ahead.moved.forEach((moved, w) => {
      if (moved === 1) states[w] = after[w] ?? 0
    })
    expect(run).toBeLessThan(10_000)
  }
  return { ahead, answered }
}

const anyWindows = fc.array(
  fc.tuple(fc.nat(ROWS - 1), fc.integer({ min: 1, max: ROWS })).map(([start, length]) => ({
    ...{ index: 0, start, end: Math.min(ROWS, start + length), isPartial: false },
  })),
  { minLength: 1, maxLength: 4 },
)
const anyWays = fc.record({
  lengths: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
  hasState: fc.boolean(),
  isBarMajor: fc.boolean(),
})
const anySettings = fc.record({
  actions: fc.constantFrom<readonly ActionMeaning[]>(
    SETTINGS.actions,
    ['flat', 'long', 'short'],
    ['target'],
  ),
  accountFeatures: fc.constantFrom(
    SETTINGS.accountFeatures,
    ['position'] as const,
    ['unrealized'] as const,
  ),
  positionEncoding: fc.constantFrom('sign' as const, 'code' as const),
  fill: fc.constantFrom('close' as const, 'next-open' as const),
  fee: fc.constantFrom(0, 0.001, 0.2),
  warmup: fc.nat(12),
})

describe('PolicyRunAhead', () => {
  it('gives the actions of one bar at a time, whatever is run ahead', () => {
    fc.assert(
      fc.property(
        ...[anyWindows, anySettings, anyWays, fc.nat(1000)],
        (windows, change, ways, seed) => {
          const { hasState } = ways
          const settings = { ...SETTINGS, ...change }
          const given = market(seed)
          const fake = new Fake(settings.actions, !hasState)
          const expected = byBar(given, windows, settings, fake)
          const { ahead, answered } = runAhead(given, windows, settings, fake, ways)
          expect(ahead.actions()).toEqual(expected)
          expect(ahead.isContradicted).toBe(false)
          expect(answered).toBe(expected.reduce((sum, { length }) => sum + length, 0))
        },
      ),
    )
  })

  it('shows nothing of later bars to an answer that counts', () => {
    const windows = [{ index: 0, start: 0, end: ROWS, isPartial: false }]
    const fake = new Fake(SETTINGS.actions, false)
    const ways = { lengths: [9], hasState: true, isBarMajor: true }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ROWS - 1 }), (bar) => {
        const [now, other] = [market(1), market(2)]
        const mixed = <T extends Float32Array | Float64Array>(a: T, b: T, width = 1): T => {
          const both = b.slice() as T
          both.set(a.subarray(0, bar * width))
          return both
        }
        const future: Market = {
          ...now,
          open: mixed(now.open ?? now.close, other.open ?? other.close),
          close: mixed(now.close, other.close),
          observations: mixed(now.observations, other.observations, COLUMNS),
        }
        const actions = [now, future].map((given) =>
          runAhead(given, windows, SETTINGS, fake, ways).ahead.actions()[0]?.slice(0, bar),
        )
        expect(actions[1]).toEqual(actions[0])
      }),
    )
  })

  it('expects fewer bars of a long run where orders come', () => {
    const windows = [{ index: 0, start: 0, end: ROWS, isPartial: false }]
    for (const hasState of [true, false]) {
      const [calm, busy] = [[0], [1, 3]].map((cycle) => {
        const ahead = new PolicyRunAhead(market(1), windows, SETTINGS, hasState, false)
        expect(ahead.expectedBars(8)).toBe(8)
        for (let run = 0; !ahead.isDone; run += 1) {
          ahead.observe(2)
          ahead.act(Float64Array.of(cycle[run % cycle.length] ?? 0, 0))
        }
        return ahead.expectedBars(8)
      })
      expect(calm).toBe(8)
      expect(busy).toBeLessThan(8)
      expect(busy).toBeGreaterThanOrEqual(1)
    }
  })

  it('notices answers that depend on bars to come, and answers that are none', () => {
    const windows = [{ index: 0, start: 0, end: ROWS, isPartial: false }]
    const ahead = new PolicyRunAhead(market(1), windows, SETTINGS, true, false)
    ahead.observe(3)
    expect(ahead.act(Float64Array.of(1, NaN, NaN))).toBe(1)
    expect(ahead.badRow).toBeNull()
    ahead.observe(3)
    expect(ahead.act(Float64Array.of(1, NaN, 0))).toBe(0)
    expect(ahead.badRow).toBe(1)
    expect(ahead.isContradicted).toBe(false)
    ahead.observe(3)
    ahead.act(Float64Array.of(2, 0, 0))
    expect(ahead.isContradicted).toBe(true)
  })
})
