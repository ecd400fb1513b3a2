import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as ort from 'onnxruntime-web/wasm'
import { describe, expect, it } from 'vitest'
import type { PolicySettings, PolicyWindow } from '../../../../src/core/policy'
import { policyMetrics } from '../../../../src/metrics/policy-metrics'
import { backtest } from '../../../../src/tasks/policy/backtest'
import { chooseActions } from '../../../../src/tasks/policy/choose-actions'
import type { Market } from '../../../../src/tasks/policy/market'
import { PolicyRollout } from '../../../../src/tasks/policy/policy-rollout'
import { splitWindows } from '../../../../src/tasks/policy/split-windows'
import { expectFigure } from '../../metrics/read-reference'
import stateReset from '../../../reference/state-reset.expected.json'
import { samples, type Rollout } from './read-samples'
import { fullMarket } from './sample-market'

ort.env.wasm.numThreads = 1

const settings: PolicySettings = {
  actions: ['hold', 'buy', 'sell', 'close'],
  accountFeatures: ['position', 'unrealized'],
  positionEncoding: 'sign',
  fill: 'next-open',
  fee: samples.policy.fee,
  size: samples.policy.size,
  initialBalance: samples.policy.initialBalance,
  periodsPerYear: samples.policy.periodsPerYear,
  warmup: 0,
  stateReset: true,
  convention: 'bakeoff',
}

const HIDDEN = 32

/** Runs a recurrent graph over a rollout, one step of all windows at a time. */
async function drive(file: string, hasTimeAxis: boolean, rollout: PolicyRollout): Promise<void> {
  const bytes = readFileSync(new URL(`../../../fixtures/policies/${file}`, import.meta.url))
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 })
  const [observation = '', hidden = '', cell = ''] = session.inputNames
  const [answer = '', nextHidden = '', nextCell = ''] = session.outputNames
  const { count, width } = rollout
  const shape = hasTimeAxis ? [count, 1, width] : [count, width]
  let h = new Float32Array(count * HIDDEN)
  let c = new Float32Array(count * HIDDEN)
  const actions = new Float64Array(count)
  const tensor = (data: Float32Array) => new ort.Tensor('float32', data, [1, count, HIDDEN])
  while (!rollout.isDone) {
    const observations = rollout.observe()
    for (const [w, flag] of rollout.resets.entries()) {
      if (flag === 1) for (const state of [h, c]) state.fill(0, w * HIDDEN, (w + 1) * HIDDEN)
    }
    const outputs = await session.run({
      [observation]: new ort.Tensor('float32', observations, shape),
      [hidden]: tensor(h),
      [cell]: tensor(c),
    })
    h = (outputs[nextHidden]?.data as Float32Array).slice()
    c = (outputs[nextCell]?.data as Float32Array).slice()
    const scores = outputs[answer]?.data as Float32Array
    expect(chooseActions('scores', scores, settings.actions.length, actions)).toBeNull()
    rollout.act(actions)
  }
  await session.release()
}

function windowOf({ start, end }: Pick<Rollout, 'start' | 'end'>, index = 0): PolicyWindow {
  return { index, start, end, isPartial: false }
}

function expectRollout(rollout: PolicyRollout, expected: readonly Rollout[]) {
  const actions = rollout.actions().map((chosen) => chosen.join(''))
  expect(actions).toEqual(expected.map((entry) => entry.actions))
  for (const [w, result] of rollout.results().entries()) {
    for (const { id, compute } of policyMetrics) {
      expectFigure(compute(result), expected[w]?.metrics[id] ?? null, id)
    }
  }
}

describe('a rollout of the graph itself gives the actions of stable-baselines3', () => {
  const graphs = [
    { file: 'champion_lstm.onnx', policy: 'champion_lstm.zip', hasTimeAxis: false },
    { file: 'challenger_lstm_sequence.onnx', policy: 'challenger_lstm.zip', hasTimeAxis: true },
  ]

  it.each(graphs)('$file, walk-forward and whole range side by side', async (graph) => {
    const sample = samples.models[graph.policy]
    const split = splitWindows(fullMarket.rows, samples.windows)
    if (sample === undefined || !split.ok) throw new Error('no such sample')
    const { windows, whole } = split.value
    expect(windows.map(windowOf)).toEqual(sample.perWindow.map(windowOf))
    expect(whole).toEqual(windowOf(sample.whole))
    const rollout = new PolicyRollout(fullMarket, [...windows, whole], settings)
    await drive(graph.file, graph.hasTimeAxis, rollout)
    expectRollout(rollout, [...sample.perWindow, sample.whole])
  })

  it.each(graphs)('$file, fills at the close', async (graph) => {
    const sample = samples.models[graph.policy]
    if (sample === undefined) throw new Error('no such sample')
    const windows = [windowOf(sample.wholeCloseFill)]
    const rollout = new PolicyRollout(fullMarket, windows, { ...settings, fill: 'close' })
    await drive(graph.file, graph.hasTimeAxis, rollout)
    expectRollout(rollout, [sample.wholeCloseFill])
  })

  it('forgets the state at every bar of the windows that are to, beside those that are not', async () => {
    const sample = samples.models['champion_lstm.zip']
    if (sample === undefined) throw new Error('no such sample')
    const window = windowOf(sample.whole)
    const rollout = new PolicyRollout(fullMarket, [window, window], settings, [false, true])
    await drive('champion_lstm.onnx', false, rollout)
    const [own, forgetful] = rollout.actions().map((actions) => actions.join(''))
    expect(own).toBe(sample.whole.actions)
    expect(forgetful).toBe(stateReset['champion_lstm.zip'].actions)
  })
})

/** A policy that acts on all that it sees: equal actions mean equal observations, in all likelihood. */
function hashAction(observations: Float32Array, row: number, width: number, actions: number) {
  let sum = 0
  for (let i = 0; i < width; i += 1) sum += (observations[row * width + i] as number) * (i + 1)
  return Math.abs(Math.floor(sum * 1000)) % actions
}

/** Observations of every step as texts, by window, with the actions of {@link hashAction}. */
function play(market: Market, windows: readonly PolicyWindow[], given: PolicySettings) {
  const rollout = new PolicyRollout(market, windows, given)
  const seen = windows.map((): string[] => [])
  const actions = new Float64Array(rollout.count)
  let steps = 0
  while (!rollout.isDone) {
    const observations = rollout.observe()
    for (const [w, list] of seen.entries()) {
      const row = observations.subarray(w * rollout.width, (w + 1) * rollout.width)
      list.push(`${String(rollout.resets[w])}: ${row.join(' ')}`)
      actions[w] = hashAction(observations, w, rollout.width, given.actions.length)
    }
    rollout.act(actions)
    steps += 1
  }
  return { rollout, seen, steps }
}

const ROWS = 60

function randomMarket(seed: number): Market {
  let state = seed
  const draw = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  return {
    rows: ROWS,
    times: null,
    open: Float64Array.from({ length: ROWS }, () => 90 + 20 * draw()),
    close: Float64Array.from({ length: ROWS }, () => 90 + 20 * draw()),
    spread: Float64Array.from({ length: ROWS }, () => 0.1 * draw()),
    observations: Float32Array.from({ length: ROWS * 3 }, draw),
    observationWidth: 3,
  }
}

function window(start: number, end: number, index = 0): PolicyWindow {
  return { index, start, end, isPartial: false }
}

describe('PolicyRollout', () => {
  const market = randomMarket(1)

  it('gives each window what it gets alone, whatever runs beside it', () => {
    const bounds = fc.tuple(fc.nat(ROWS - 2), fc.integer({ min: 1, max: ROWS }))
    const anyWindows = fc.array(
      bounds.map(([start, length]) => window(start, Math.min(ROWS, start + length))),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(anyWindows, fc.nat(20), (windows, warmup) => {
        const together = play(market, windows, { ...settings, warmup })
        for (const [w, one] of windows.entries()) {
          const alone = play(market, [one], { ...settings, warmup })
          expect(together.rollout.actions()[w]).toEqual(alone.rollout.actions()[0])
          expect(together.rollout.results()[w]).toEqual(alone.rollout.results()[0])
          // Windows are aligned at their first bar: one alone begins when the batch reaches it.
          const joined = together.steps === 0 ? 0 : (together.seen[w]?.findLastIndex(isReset) ?? 0)
          const own = alone.seen[0] ?? []
          if (own.length > 0)
            expect(together.seen[w]?.slice(joined, joined + own.length)).toEqual(own)
        }
      }),
    )
  })

  it('shows nothing of later bars', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ROWS - 1 }), fc.nat(10), (bar, warmup) => {
        const changed = randomMarket(2)
        const copy = (from: Float64Array, to: Float64Array) => {
          const mixed = to.slice()
          mixed.set(from.subarray(0, bar))
          return mixed
        }
        const future: Market = {
          ...market,
          open: copy(market.open ?? market.close, changed.open ?? changed.close),
          close: copy(market.close, changed.close),
          spread: copy(market.spread, changed.spread),
          observations: market.observations.map((value, at) =>
            at < bar * 3 ? value : (changed.observations[at] ?? 0),
          ),
        }
        const given = { ...settings, warmup }
        const before = play(market, [window(0, ROWS)], given)
        const after = play(future, [window(0, ROWS)], given)
        expect(after.seen[0]?.slice(0, bar)).toEqual(before.seen[0]?.slice(0, bar))
        const [x, y] = [before, after].map(({ rollout }) => rollout.actions()[0]?.slice(0, bar))
        expect(y).toEqual(x)
        const [e, f] = [before, after].map(({ rollout }) =>
          rollout.results()[0]?.equity.slice(0, bar),
        )
        expect(f).toEqual(e)
      }),
    )
  })

  it('replays to the same result from its actions alone', () => {
    for (const actions of [settings.actions, ['flat', 'long', 'short'], ['target']] as const) {
      const given: PolicySettings = { ...settings, actions }
      const windows = [window(0, 30), window(30, 60)]
      const { rollout } = play(market, windows, given)
      expect(backtest(market, windows, rollout.actions(), given)).toEqual(rollout.results())
    }
  })

  it('shows the bars of a warm-up with a flat account, and trades none of them', () => {
    const { seen, rollout } = play(market, [window(10, 13), window(2, 5)], {
      ...settings,
      warmup: 4,
    })
    expect(rollout.steps).toBe(6)
    expect(seen[0]).toHaveLength(6)
    const row = (bar: number) => market.observations.slice(bar * 3, bar * 3 + 3).join(' ')
    expect(seen[0]?.slice(0, 5)).toEqual(
      [6, 7, 8, 9, 10].map((bar, i) => `${i === 0 ? '1' : '0'}: ${row(bar)} 0 0`),
    )
    // Only two bars lie before this window: it joins two steps later.
    expect(seen[1]?.slice(0, 5)).toEqual([
      '1: 0 0 0 0 0',
      '1: 0 0 0 0 0',
      ...[0, 1, 2].map((bar, i) => `${i === 0 ? '1' : '0'}: ${row(bar)} 0 0`),
    ])
    expect(rollout.results().map(({ equity }) => equity.length)).toEqual([3, 3])
  })

  it('writes positions as signs or codes, and a flat one never as −0', () => {
    const actions = ['flat', 'long', 'short'] as const
    const encoded = (['sign', 'code'] as const).map((positionEncoding) => {
      const given = {
        ...settings,
        actions,
        accountFeatures: ['position'] as const,
        positionEncoding,
      }
      const rollout = new PolicyRollout(market, [window(0, 6)], given)
      return [2, 1, 2, 0].map((action) => {
        rollout.act(Float64Array.of(action))
        return rollout.observe()[3]
      })
    })
    expect(encoded).toEqual([
      [-1, 1, -1, 0],
      [2, 1, 2, 0],
    ])
    const targets = new PolicyRollout(market, [window(0, 6)], {
      ...settings,
      actions: ['target'],
      accountFeatures: ['position'],
    })
    targets.act(Float64Array.of(0.5))
    targets.act(Float64Array.of(-0))
    expect(targets.observe()[3]).toBe(0)
  })

  it('has nothing to do for windows of one bar', () => {
    const { rollout, steps } = play(market, [window(5, 6)], { ...settings, warmup: 5 })
    expect(steps).toBe(0)
    expect([...(rollout.results()[0]?.equity ?? [])]).toEqual([10_000])
  })
})

function isReset(text: string): boolean {
  return text.startsWith('1')
}
