import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AccountFeature, ActionMeaning, Fill } from '../../../../src/core/policy'
import { AccountBatch } from '../../../../src/tasks/policy/account-batch'
import { firstLargest, OnnxPolicy } from './onnx-policy'
import { policyBytes, readPolicy } from './read-policy'

interface Rollout {
  readonly start: number
  readonly end: number
  readonly fill: Fill
  readonly actions: string
}

interface Sample {
  readonly actionNames: readonly ActionMeaning[]
  readonly accountFeatures: readonly AccountFeature[]
  readonly recurrent: boolean
  readonly whole: Rollout
  readonly wholeCloseFill: Rollout
  readonly perWindow: readonly Rollout[]
}

const expected = JSON.parse(
  readFileSync(new URL('../../../reference/policies.expected.json', import.meta.url), 'utf8'),
) as {
  readonly features: readonly string[]
  readonly policy: { readonly fee: number; readonly initialBalance: number; readonly size: number }
  readonly models: Readonly<Record<string, Sample>>
}

const [header = [], ...rows] = new TextDecoder()
  .decode(policyBytes('market-15min.csv'))
  .trimEnd()
  .split('\n')
  .map((line) => line.split(','))
const column = (name: string) =>
  Float64Array.from(rows, (cells) => Number(cells[header.indexOf(name)]))
const features = expected.features.map(column)
const prices = {
  rows: rows.length,
  open: column('open'),
  close: column('close'),
  spread: column('spread'),
}

/**
 * Runs the policy over windows of equal length and one fill, side by side in the batch, bar by bar,
 * reading the account where it wants to. One digit per decision, as the reference has it.
 */
async function rollOut(
  onnx: OnnxPolicy,
  sample: Sample,
  windows: readonly Rollout[],
): Promise<string[]> {
  const { fee, initialBalance, size } = expected.policy
  const fill = windows[0]?.fill ?? 'close'
  const places = windows.map(({ start, end }, index) => ({ index, start, end, isPartial: false }))
  const rules = { fill, fee, size, initialBalance }
  const account = new AccountBatch(prices, places, sample.actionNames, rules)
  const width = features.length + sample.accountFeatures.length
  const observations = new Float32Array(windows.length * width)
  const chosen = new Float64Array(windows.length)
  const actions: string[] = windows.map(() => '')
  onnx.reset(windows.length)
  for (let t = 0; places.some((_, w) => account.isOpen(w, t)); t++) {
    for (const [w, { start }] of places.entries()) {
      const read = { position: account.side(w), unrealized: account.unrealized(w, t) }
      const own = sample.accountFeatures.map((name) => read[name])
      observations.set([...features.map((values) => values[start + t] ?? NaN), ...own], w * width)
    }
    const answers = await onnx.answer(observations, [windows.length, width])
    for (const w of places.keys()) {
      const action = firstLargest(answers, w * sample.actionNames.length, sample.actionNames.length)
      chosen[w] = action
      actions[w] += String(action)
    }
    account.step(t, chosen)
  }
  return actions
}

describe.each(Object.keys(expected.models))('%s chooses what stable-baselines3 chose', (name) => {
  const sample = expected.models[name] as Sample

  it('over the whole range, one bar at a time', async () => {
    const onnx = await OnnxPolicy.load(await readPolicy(name))
    const { whole, wholeCloseFill } = sample
    expect(await rollOut(onnx, sample, [whole])).toEqual([whole.actions])
    expect(await rollOut(onnx, sample, [wholeCloseFill])).toEqual([wholeCloseFill.actions])
    expect(whole.actions).toHaveLength(1999)
    await onnx.release()
  })

  it('in walk-forward windows side by side', async () => {
    const onnx = await OnnxPolicy.load(await readPolicy(name))
    const actions = sample.perWindow.map((window) => window.actions)
    expect(await rollOut(onnx, sample, sample.perWindow)).toEqual(actions)
    expect(actions).toHaveLength(4)
    await onnx.release()
  })

  if (!sample.recurrent) return

  it('and something else when its state is lost', async () => {
    const onnx = await OnnxPolicy.load(await readPolicy(name))
    const answer = onnx.answer.bind(onnx)
    onnx.answer = (observations, shape) => {
      onnx.reset(1)
      return answer(observations, shape)
    }
    expect(await rollOut(onnx, sample, [sample.whole])).not.toEqual([sample.whole.actions])
    await onnx.release()
  })
})

describe('a policy that reads no account, as one sequence', () => {
  const names = Object.keys(expected.models).filter(
    (name) => expected.models[name]?.accountFeatures.length === 0,
  )

  it.each(names)('%s', async (name) => {
    const sample = expected.models[name] as Sample
    const onnx = await OnnxPolicy.load(await readPolicy(name), { form: 'sequence' })
    const actionsOf = async (windows: readonly Rollout[]) => {
      const time = Math.min(...windows.map(({ start, end }) => end - start)) - 1
      const values = new Float32Array(time * windows.length * features.length)
      for (let t = 0, at = 0; t < time; t++) {
        for (const { start } of windows) {
          for (const feature of features) values[at++] = feature[start + t] ?? NaN
        }
      }
      onnx.reset(windows.length)
      const answers = await onnx.answer(values, [time, windows.length, features.length])
      const size = sample.actionNames.length
      return windows.map((_, w) =>
        Array.from({ length: time }, (__, t) =>
          firstLargest(answers, (t * windows.length + w) * size, size),
        ).join(''),
      )
    }
    expect(await actionsOf([sample.whole])).toEqual([sample.whole.actions])
    expect(await actionsOf(sample.perWindow)).toEqual(sample.perWindow.map((w) => w.actions))
    await onnx.release()
  })

  it('covers at least one', () => {
    expect(names).toContain('target_lstm.zip')
  })
})
