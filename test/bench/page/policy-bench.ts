import { wrap } from 'comlink'
import type { InputBlock } from '../../../src/contract/reader'
import type { Outcome } from '../../../src/core/failure'
import type { ModelBinding, RolloutBinding } from '../../../src/core/task'
import { createReaderClient } from '../../../src/engine/create-reader-client'
import { DEFAULT_DEADLINES } from '../../../src/engine/deadlines'
import { Lane } from '../../../src/engine/lane'
import { AccountBatch } from '../../../src/tasks/policy/account-batch'
import type { BareRuntime } from '../../fixtures/workers/bare-runtime.worker'

/** The whole range alone, or the walk-forward windows alone. */
export type PolicyPart = 'whole' | 'windows'

interface PolicySetup {
  readonly name: string
  readonly graph: Blob
  readonly binding: ModelBinding
  readonly rollout: RolloutBinding
  readonly blocks: readonly InputBlock[]
}

const reader = createReaderClient()
let setup: PolicySetup | undefined

export const policyBench = {
  /** A policy and a market, read and fitted by the product. */
  async preparePolicy(
    policyUrl: string,
    marketUrl: string,
    windows: { initial: number; step: number },
  ): Promise<void> {
    const name = policyUrl.split('/').at(-1) ?? ''
    const file = new File([await (await fetch(policyUrl)).blob()], name)
    const model = valueOf(await reader.readModel(file, 'policy'))
    const table = new File([await (await fetch(marketUrl)).blob()], 'market.csv')
    await reader.dropDataset('market')
    valueOf(await reader.readDataset(table, 'market', () => undefined))
    const { kind, roles, market } = valueOf(await reader.propose('market', [model]))
    if (market === null) throw new Error('no market')
    const preparation = valueOf(
      await reader.prepare({
        datasetId: 'market',
        kind,
        roles,
        models: [model],
        // The bare loop runs the policy once per bar: resetting the state would be a second run.
        policy: { market, settings: { fee: 0.00002, stateReset: false }, windows },
      }),
    )
    const binding = valueOf(preparation.bindings['policy'] ?? { ok: false, failure: NO_BINDING })
    const { rollout } = binding
    if (rollout === undefined) throw new Error('no rollout')
    const blocks = []
    for (const layout of [rollout.observationLayout, rollout.priceLayout]) {
      blocks.push(valueOf(await reader.block(layout, 0, preparation.rows)))
    }
    setup = { name, graph: valueOf(await reader.runnable('policy')), binding, rollout, blocks }
  },

  /** Through a lane, as the product does it. Milliseconds. */
  async policyOurs(part: PolicyPart): Promise<number> {
    const { name, graph, binding, rollout, blocks } = current()
    const windows = windowsOf(rollout, part)
    const lane = new Lane(0, DEFAULT_DEADLINES, () => undefined)
    const own = { ...binding, rollout: { ...rollout, windows } }
    const request = { modelId: 'policy', name, file: graph, backend: 'wasm' as const, threads: 1 }
    valueOf(
      await lane.load(
        { ...request, binding: own, batchSize: null, batchLimit: null },
        { modelId: 'policy', generation: 0 },
      ),
    )
    const end = windows.reduce((rows, window) => rows + window.end - window.start, 0)
    const piece = { modelId: 'policy', start: 0, end, blocks, budgetMs: 60_000 }
    const started = performance.now()
    valueOf(await lane.evaluate(name, piece, () => Promise.resolve()))
    const ms = performance.now() - started
    lane.close()
    return ms
  },

  /** ONNX Runtime alone, one bar at a time, window after window. Milliseconds. */
  async policyBare(part: PolicyPart): Promise<number> {
    const { graph, rollout, blocks } = current()
    const worker = new Worker(
      new URL('../../fixtures/workers/bare-runtime.worker.ts', import.meta.url),
      { type: 'module' },
    )
    const runtime = wrap<BareRuntime>(worker)
    await runtime.load('wasm', 1, new Uint8Array(await graph.arrayBuffer()))
    const bars = windowsOf(rollout, part).map(({ start, end }) => end - 1 - start)
    const ms = await runtime.policyLoop(
      rollout.policy,
      blocks[0]?.data as Float32Array,
      rollout.observationColumns,
      bars,
    )
    worker.terminate()
    return ms
  },

  /** Bars per second of 64 accounts side by side, without any policy. */
  simulateAccounts(): number {
    const rows = 50_000
    const close = Float64Array.from({ length: rows }, (_, i) => 100 + Math.sin(i / 50))
    const prices = { rows, open: close, close, spread: new Float64Array(rows) }
    const windows = Array.from({ length: 64 }, (_, index) => ({
      index,
      start: 0,
      end: rows,
      isPartial: false,
    }))
    const rules = { fill: 'close' as const, fee: 0.0001, size: 1, initialBalance: 10_000 }
    const rates = [0, 1, 2].map(() => {
      const batch = new AccountBatch(prices, windows, ['hold', 'buy', 'sell', 'close'], rules)
      const actions = new Float64Array(windows.length)
      const started = performance.now()
      for (let t = 0; t + 1 < rows; t += 1) {
        for (let w = 0; w < actions.length; w += 1)
          actions[w] = (t + w) % 9 === 0 ? (t >> 3) & 3 : 0
        batch.step(t, actions)
      }
      return (rows * windows.length) / ((performance.now() - started) / 1000)
    })
    return Math.max(...rates)
  },
}

const NO_BINDING = { code: 'internal', message: 'no binding', advice: '' } as const

function current(): PolicySetup {
  if (setup === undefined) throw new Error('prepare first')
  return setup
}

function windowsOf({ windows }: RolloutBinding, part: PolicyPart) {
  return part === 'whole' ? windows.slice(0, 1) : windows.slice(1)
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}
