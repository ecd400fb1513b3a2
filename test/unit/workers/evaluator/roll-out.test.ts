import * as ort from 'onnxruntime-web/wasm'
import { describe, expect, it } from 'vitest'
import type { PolicyInfo } from '../../../../src/core/model'
import type { PolicySettings } from '../../../../src/core/policy'
import type { PolicyPath, RolloutBinding } from '../../../../src/core/task'
import { BatchSize } from '../../../../workers/evaluator/batch-size'
import { rollOut } from '../../../../workers/evaluator/roll-out'
import { RolloutStream } from '../../../../workers/evaluator/rollout-stream'
import type { Runtime } from '../../../../workers/evaluator/runtime'
import { DataType, floats, int64s, model, node, value } from '../../../fixtures/onnx-builder'
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
async function ledBothWays(
  name: string,
  { settings, windows }: Case,
  replace: (policy: PolicyInfo) => Uint8Array | null = () => null,
) {
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
  const own = new Uint8Array(await unwrap(await reader.runnable(name)).arrayBuffer())
  const session = await ort.InferenceSession.create(replace(rollout.policy) ?? own)
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

/** A policy of the same inputs and outputs whose every bar is answered by the sum of all bars of a run. */
function seeingAhead(policy: PolicyInfo): Uint8Array {
  const { observation, observationWidth: width, axes, states, answer, actionCount } = policy
  const count = actionCount ?? 1
  const weights = Float32Array.from({ length: width * count }, (_, at) => Math.sin(1 + at * 7))
  const lead = axes.split(',')
  const dims = (shape: readonly number[], batchAxis: number) =>
    shape.map((size, axis) => (axis === batchAxis ? 'batch' : size))
  return model({
    opset: 17,
    inputs: [
      value(observation, DataType.FLOAT, [...lead, width]),
      ...states.map((s) => value(s.input, DataType.FLOAT, dims(s.shape, s.batchAxis))),
    ],
    outputs: [
      value(answer, DataType.FLOAT, [...lead, count]),
      ...states.map((s) => value(s.output, DataType.FLOAT, dims(s.shape, s.batchAxis))),
    ],
    tensors: [
      floats('weights', [width, count], weights),
      int64s('time', [1], [lead.indexOf('time')]),
    ],
    nodes: [
      node('ReduceSum', [observation, 'time'], ['sum']),
      node('Add', [observation, 'sum'], ['both']),
      node('MatMul', ['both', 'weights'], [answer]),
      ...states.map((s) => node('Identity', [s.input], [s.output])),
    ],
  })
}

describe('a graph that looks at bars to come', () => {
  const names = ['champion_lstm.zip', 'target_lstm.zip']
  it.each(names)('in place of %s is led bar by bar', async (name) => {
    const { path, led, reference } = await ledBothWays(name, {}, seeingAhead)
    expect(['ahead', 'sequence']).toContain(path)
    expect(led.actions).toEqual(reference.actions)
    expect(new Set(led.actions).size).toBeGreaterThan(1)
  })
})
