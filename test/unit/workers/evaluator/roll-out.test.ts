import * as ort from 'onnxruntime-web/wasm'
import { describe, expect, it } from 'vitest'
import type { PolicySettings } from '../../../../src/core/policy'
import type { PolicyPath, RolloutBinding } from '../../../../src/core/task'
import { BatchSize } from '../../../../workers/evaluator/batch-size'
import { rollOut } from '../../../../workers/evaluator/roll-out'
import { RolloutStream } from '../../../../workers/evaluator/rollout-stream'
import type { Runtime } from '../../../../workers/evaluator/runtime'
import { samples } from '../../tasks/policy/read-samples'
import { policyComparison, unwrap } from '../policy-comparison'

ort.env.wasm.numThreads = 1

let runs = 0

const runtime: Runtime = {
  ...{ name: 'WASM', version: '', threads: 1, adapter: null, Tensor: ort.Tensor },
  createSession: ({ graph }) => ort.InferenceSession.create(graph),
  guard: (run) => {
    runs += 1
    return run()
  },
}

interface Case {
  readonly settings?: Partial<PolicySettings>
  readonly windows?: { readonly initial: number; readonly step: number }
}

/** The actions of a sample over the whole range and all windows, led as it is planned and bar by bar. */
async function ledBothWays(name: string, { settings, windows }: Case) {
  const { reader, prepare } = policyComparison()
  const change = { ...(settings && { settings }), ...(windows && { windows }) }
  const { preparation } = await prepare([name], change)
  const { rollout, output } = { ...unwrap(preparation.bindings[name]) }
  if (rollout === undefined) throw new Error('no rollout')
  const blocks = await Promise.all(
    [rollout.observationLayout, rollout.priceLayout].map(async (layout) =>
      unwrap(await reader.block(layout, 0, preparation.rows)),
    ),
  )
  const graph = new Uint8Array(await unwrap(await reader.runnable(name)).arrayBuffer())
  const session = await ort.InferenceSession.create(graph)
  const lead = async (path: PolicyPath) => {
    runs = 0
    const piece = { modelId: name, start: 0, end: preparation.rows, blocks, budgetMs: 1e6 }
    const stream = new RolloutStream(
      name,
      piece,
      () => undefined,
      () => 0,
    )
    const own: RolloutBinding = { ...rollout, path }
    const batchSize = new BatchSize(null, 64)
    const job = { rollout: own, runtime, session, batchSize, piece, stream }
    return { actions: await rollOut(job, output.width), runs }
  }
  const [led, reference] = [await lead(rollout.path), await lead('single-steps')]
  await session.release()
  return { path: rollout.path, led, reference }
}

const AHEAD = Object.entries(samples.models)
  .filter(([name, { accountFeatures }]) => name.endsWith('.zip') && accountFeatures.length > 0)
  .map(([name]) => name)

const CASES: readonly Case[] = [
  { windows: { initial: 6500, step: 125 } },
  {
    settings: { fill: 'close', warmup: 37, positionEncoding: 'code' },
    windows: { initial: 6700, step: 100 },
  },
  {
    settings: { actions: ['flat', 'long', 'short', 'hold'] },
    windows: { initial: 6800, step: 30 },
  },
  // Accounts that are ruined.
  { settings: { fee: 0.05 }, windows: { initial: 6500, step: 500 } },
]

describe('bars run ahead of the account', () => {
  it.each(AHEAD)('of %s get the actions of one bar at a time, in fewer runs', async (name) => {
    for (const one of CASES) {
      const { path, led, reference } = await ledBothWays(name, one)
      expect(path).toBe('ahead')
      expect(led.actions, JSON.stringify(one)).toEqual(reference.actions)
      expect(new Set(led.actions).size).toBeGreaterThan(1)
      expect(led.runs).toBeLessThan(reference.runs / 2)
    }
  })
})
