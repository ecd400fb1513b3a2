import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyMetrics } from '../../../../src/metrics/policy-metrics'
import { AccountBatch } from '../../../../src/tasks/policy/account-batch'
import { backtest, type ReplaySettings } from '../../../../src/tasks/policy/backtest'
import { expectFigure } from '../../metrics/read-reference'
import { digits, reference, sampleMarket, samples, type BacktestCase } from './read-samples'

const { fee, initialBalance, size, periodsPerYear } = samples.policy

const rollouts = Object.entries(samples.models).flatMap(([name, policy]) =>
  [policy.whole, policy.wholeCloseFill, ...policy.perWindow].map((rollout) => ({
    name: `${name}, rows ${String(rollout.start)} to ${String(rollout.end)}, ${rollout.fill}`,
    actions: policy.actionNames,
    rollout,
  })),
)

describe('backtest of the actions that stable-baselines3 chose', () => {
  it.each(rollouts)('$name', ({ actions, rollout }) => {
    const { start, end, fill } = rollout
    const settings = { actions, fill, fee, size, initialBalance, periodsPerYear }
    const window = { index: 0, start, end, isPartial: false }
    const [result] = backtest(sampleMarket, [window], [digits(rollout.actions)], settings)
    if (result === undefined) throw new Error('no result')
    expect(result.equity).toHaveLength(end - start)
    const final = result.equity.at(-1) ?? NaN
    expect(Math.abs(final / rollout.finalEquity - 1)).toBeLessThan(1e-12)
    expect(Object.keys(rollout.metrics)).toHaveLength(policyMetrics.length)
    for (const { id, compute } of policyMetrics) {
      expectFigure(compute(result), rollout.metrics[id] ?? null, id)
    }
    for (const [index, trade] of rollout.firstTrades.entries()) {
      const actual = result.trades[index]
      expect(actual).toMatchObject({ ...trade, pnl: expect.closeTo(Number(trade.pnl), 9) })
    }
  })

  it('gives the same, bit for bit, with all windows of all lengths side by side', () => {
    const policy = samples.models['champion_lstm.zip']
    if (policy === undefined) throw new Error('no such sample')
    const settings: ReplaySettings = {
      actions: policy.actionNames,
      fill: 'next-open',
      fee,
      size,
      initialBalance,
      periodsPerYear,
    }
    const all = [policy.whole, ...policy.perWindow]
    const windows = all.map(({ start, end }, index) => ({ index, start, end, isPartial: false }))
    const actions = all.map((rollout) => digits(rollout.actions))
    const together = backtest(sampleMarket, windows, actions, settings)
    for (const [w, window] of windows.entries()) {
      const alone = backtest(sampleMarket, [window], [actions[w] ?? new Uint8Array()], settings)
      expect(together[w]).toEqual(alone[0])
    }
  })
})

function run(entry: BacktestCase, close = Float64Array.from(entry.market.close)) {
  const market = {
    rows: close.length,
    open: Float64Array.from(entry.market.open),
    close,
    spread: Float64Array.from(entry.market.spread),
    times: null,
  }
  const window = { index: 0, start: 0, end: close.length, isPartial: false }
  const settings = {
    actions: entry.actions,
    periodsPerYear: entry.periodsPerYear,
    ...entry.rules,
  }
  return { market, window, settings }
}

describe('backtest against pandas', () => {
  it.each(reference.backtests)('$name', (entry) => {
    const { market, window, settings } = run(entry)
    const [result] = backtest(market, [window], [Float64Array.from(entry.answers)], settings)
    if (result === undefined) throw new Error('no result')
    expect(result.isRuined).toBe(entry.ruined)
    expect(result.exposedMarks).toBe(entry.exposed)
    for (const [t, mark] of entry.equity.entries()) {
      expectFigure(result.equity[t], mark, `equity ${String(t)}`)
    }
    expect(result.trades).toHaveLength(entry.trades.length)
    for (const [index, trade] of entry.trades.entries()) {
      for (const [key, value] of Object.entries(trade)) {
        const actual = result.trades[index]?.[key as 'pnl']
        if (typeof value === 'string') expect(actual).toBe(value)
        // Profit is the small difference of two notionals.
        else if (key === 'pnl') expect(Math.abs((actual ?? NaN) - value)).toBeLessThan(1e-8)
        else expectFigure(actual, value, `trade ${String(index)}, ${key}`)
      }
    }
    for (const { id, compute } of policyMetrics) {
      expectFigure(compute(result), entry.expected[id] ?? null, id)
    }
  })

  it.each(reference.backtests)('shows the account that it has: $name', (entry) => {
    const { market, window, settings } = run(entry)
    const batch = new AccountBatch(market, [window], entry.actions, settings)
    for (const [t, answer] of entry.answers.entries()) {
      if (!batch.isOpen(0, t)) break
      expectFigure(batch.unrealized(0, t), entry.unrealized[t] ?? null, `unrealized ${String(t)}`)
      batch.step(t, Float64Array.of(answer))
    }
  })

  it('profits of all trades are what equity gained', () => {
    for (const entry of reference.backtests.filter(({ ruined }) => !ruined)) {
      const { market, window, settings } = run(entry)
      const [result] = backtest(market, [window], [Float64Array.from(entry.answers)], settings)
      const earned = result?.trades.reduce((sum, { pnl }) => sum + pnl, 0) ?? NaN
      expect(earned, entry.name).toBeCloseTo((result?.equity.at(-1) ?? NaN) - 10_000, 7)
    }
  })
})

describe('no look-ahead', () => {
  it('a changed bar changes no earlier mark', () => {
    const cases = reference.backtests.filter(({ answers }) => answers.length > 10)
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.integer({ min: 1, max: 119 }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (entry, bar, factor) => {
          const { market, window, settings } = run(entry)
          const answers = [Float64Array.from(entry.answers)]
          const [before] = backtest(market, [window], answers, settings)
          const changed = {
            ...market,
            open: market.open.map((price, t) => (t >= bar ? price * factor : price)),
            close: market.close.map((price, t) => (t >= bar ? price * factor : price)),
            spread: market.spread.map((price, t) => (t >= bar ? price * factor : price)),
          }
          const [after] = backtest(changed, [window], answers, settings)
          expect(after?.equity.slice(0, bar)).toEqual(before?.equity.slice(0, bar))
          const ended = (trades: typeof before) =>
            trades?.trades.filter(({ exitIndex }) => exitIndex < bar)
          expect(ended(after)).toEqual(ended(before))
        },
      ),
    )
  })
})

describe('ruin', () => {
  const market = {
    rows: 5,
    open: Float64Array.of(100, 100, 100, 100, 100),
    close: Float64Array.of(100, 100, 250, 100, 100),
    spread: new Float64Array(5),
    times: null,
  }
  const window = { index: 0, start: 0, end: 5, isPartial: false }
  const settings: ReplaySettings = {
    actions: ['flat', 'long', 'short'],
    fill: 'next-open',
    fee: 0,
    size: 1,
    initialBalance: 1000,
    periodsPerYear: 252,
  }

  it('closes the position, and nothing is traded after it', () => {
    const [result] = backtest(market, [window], [Uint8Array.of(2, 2, 1, 1)], settings)
    expect(result?.isRuined).toBe(true)
    expect([...(result?.equity ?? [])]).toEqual([1000, 1000, 0, 0, 0])
    expect(result?.trades).toHaveLength(1)
    expect(result?.trades[0]).toMatchObject({ side: 'short', entryIndex: 1, exitIndex: 2 })
  })

  it('comes at a fill too, where the open has left nothing', () => {
    const gapped = { ...market, open: Float64Array.of(100, 100, 400, 100, 100) }
    const calm = { ...gapped, close: Float64Array.of(100, 100, 100, 100, 100) }
    const [result] = backtest(calm, [window], [Uint8Array.of(2, 1, 1, 1)], settings)
    expect(result?.isRuined).toBe(true)
    expect([...(result?.equity ?? [])]).toEqual([1000, 1000, 0, 0, 0])
    expect(result?.trades).toHaveLength(1)
  })

  it('needs opens to fill at opens', () => {
    expect(() => backtest({ ...market, open: null }, [window], [], settings)).toThrow(RangeError)
  })
})
