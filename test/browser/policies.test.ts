import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyRequest, Preparation } from '../../src/contract/reader'
import { DEFAULT_SETTINGS, type EvaluationSettings } from '../../src/core/evaluation'
import type { Outcome } from '../../src/core/failure'
import type { PolicyPath } from '../../src/core/task'
import { createReaderClient } from '../../src/engine/create-reader-client'
import { detectMachine } from '../../src/engine/detect-machine'
import { GpuHealth } from '../../src/engine/gpu-health'
import { planEvaluation } from '../../src/engine/plan'
import type { ReaderClient } from '../../src/engine/reader-client'
import { runEvaluation } from '../../src/engine/run-evaluation'
import { checkpointModels } from '../../src/core/checkpoint-models'
import { answerKey } from '../../src/engine/answer-key'
import { Journal } from '../../src/engine/journal'
import expected from '../reference/policies.expected.json'
import stateReset from '../reference/state-reset.expected.json'

type Policy = keyof typeof expected.models

const ZIPS = Object.keys(expected.models).filter((name) => name.endsWith('.zip')) as Policy[]
const FOLDER = '/test/fixtures/policies'

let reader: ReaderClient

beforeEach(() => {
  reader = createReaderClient()
})

afterEach(() => {
  reader.close()
})

/** @param fileNames of the fixtures, each with the name that it is dropped under after a colon */
async function evaluate(
  fileNames: readonly string[],
  change: (request: PolicyRequest) => Partial<PolicyRequest> = () => ({}),
  settings: Partial<EvaluationSettings> = {},
  path: PolicyPath | null = null,
  journal: Journal | null = null,
) {
  const files = new Map<string, Blob>()
  const read = []
  for (const [index, fileName] of fileNames.entries()) {
    const id = `m${String(index)}`
    const [fixture = '', name = fixture] = fileName.split(':')
    const file = new File([await (await fetch(`${FOLDER}/${fixture}`)).blob()], name)
    read.push(valueOf(await reader.readModel(file, id)))
    files.set(id, valueOf(await reader.runnable(id)))
  }
  const models = checkpointModels(read)
  const table = new File([await (await fetch(`${FOLDER}/market-15min.csv`)).blob()], 'market.csv')
  const dataset = valueOf(await reader.readDataset(table, 'd', () => undefined))
  const proposal = valueOf(await reader.propose('d', read))
  if (proposal.market === null) throw new Error('no market was proposed')
  const base: PolicyRequest = {
    market: { ...proposal.market, observations: expected.features },
    settings: { fee: expected.policy.fee },
    windows: expected.windows,
  }
  const policy = { ...base, ...change(base) }
  const { kind, roles } = proposal
  const prepared = valueOf(await reader.prepare({ datasetId: 'd', kind, roles, models, policy }))
  const preparation = path === null ? prepared : withPath(prepared, path)
  const task = valueOf(await reader.tasks()).find((info) => info.kind === kind)
  const metric = task?.metrics.find(({ id }) => id === 'score')
  if (metric === undefined) throw new Error('no score')
  const planned = planEvaluation(
    models.map((model) => ({ ...model, rowBytes: 64, prefersWasm: null })),
    preparation.rows,
    await detectMachine(),
    { ...DEFAULT_SETTINGS, backend: 'wasm', ...settings },
  )
  const plan = { ...planned, pieceRows: preparation.rows }
  const gpu = new GpuHealth()
  const request = {
    ...{ kind, metric, dataset, roles, models, files, preparation, plan, reader, gpu, journal },
    comparison: { metrics: task?.metrics ?? [], baselineId: null, seed: 0 },
    useKept: true,
  }
  const run = runEvaluation(request, () => undefined)
  return { runs: (await run.done).runs, path: pathOf(prepared), request }
}

/** The same preparation, with every policy led another way. */
function withPath(preparation: Preparation, path: PolicyPath): Preparation {
  const bindings = Object.entries(preparation.bindings).map(([id, binding]) => {
    if (!binding.ok || binding.value.rollout === undefined) return [id, binding] as const
    const rollout = { ...binding.value.rollout, path }
    return [id, { ok: true, value: { ...binding.value, rollout } }] as const
  })
  return { ...preparation, bindings: Object.fromEntries(bindings) }
}

function pathOf(preparation: Preparation): PolicyPath | undefined {
  const [binding] = Object.values(preparation.bindings)
  return binding?.ok === true ? binding.value.rollout?.path : undefined
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

function expectFigures(
  actual: Readonly<Record<string, number | null>> | undefined,
  wanted: Readonly<Record<string, number | null>>,
  where: string,
): void {
  for (const [id, value] of Object.entries(wanted)) {
    const found = actual?.[id]
    if (value === null) expect(found, `${where} ${id}`).toBeNull()
    else expect(Math.abs((found ?? NaN) - value), `${where} ${id}`).toBeLessThan(1e-6)
  }
}

/** Window i is run by the i-th of these. */
const SET = ['champion_lstm', 'challenger_lstm', 'shared_lstm', 'ppo_mlp'] as const
const SET_FILES = SET.map((name, index) => `${name}.zip:walk_w00${String(index)}.zip`)

describe('a policy with a checkpoint per window', () => {
  it('is run window by window, chained, kept and brought back', async () => {
    const journal = new Journal(() => undefined)
    const { runs, request } = await evaluate(SET_FILES, () => ({}), { lanes: 2 }, null, journal)
    expect(runs).toHaveLength(1)
    const scores = runs[0]?.scores
    let growth = 1
    for (const [index, name] of SET.entries()) {
      const wanted = expected.models[`${name}.zip`].perWindow[index]
      if (wanted === undefined) throw new Error('no such window')
      expectFigures(scores?.windows?.[index]?.metrics, wanted.metrics, `${name} ${String(index)}`)
      expect(scores?.windows?.[index]?.checkpoint).toBe(`walk_w00${String(index)}`)
      growth *= 1 + wanted.metrics.totalReturn
    }
    expect(scores?.metrics['totalReturn']).toBeCloseTo(growth - 1, 9)
    const key = answerKey(request, 'set of m0', 'wasm')
    const kept = await journal.kept(key)
    expect(kept.status === 'usable' && kept.ranges).toEqual(
      [2000, 2500, 3000, 3500].map((start) => ({ start, end: start + 500 })),
    )
    const again = await evaluate(SET_FILES, () => ({}), {}, null, journal)
    expect(again.runs[0]).toMatchObject({ status: 'ok', keptRows: 2000 })
    expect(again.runs[0]?.scores).toEqual(scores)
    await journal.deleteAnswers(key)
  })

  it('runs beside other policies, whose pieces stay as they are', async () => {
    const { runs } = await evaluate(['target_lstm.zip', ...SET_FILES, 'ppo_mlp.zip'])
    expect(runs.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
    expectFigures(
      runs[0]?.scores?.metrics,
      expected.models['target_lstm.zip'].whole.metrics,
      'target',
    )
    expectFigures(runs[2]?.scores?.metrics, expected.models['ppo_mlp.zip'].whole.metrics, 'mlp')
    expect(runs[1]?.scores?.windows).toHaveLength(4)
  })

  it('fails by name where windows and checkpoints do not match', async () => {
    const { runs } = await evaluate([...SET_FILES.slice(0, 3), 'ppo_mlp.zip'])
    expect(runs[0]).toMatchObject({
      status: 'failed',
      failure: { message: '"walk" has 3 checkpoints for 4 windows.' },
    })
    expect(runs[0]?.failure?.advice).toContain('walk_w003')
    expect(runs[1]?.status).toBe('ok')
  })
})

describe('policies on WASM', () => {
  it('meets stable-baselines3’s figures on the whole range and each window', async () => {
    const { runs } = await evaluate(ZIPS, () => ({}), { lanes: 2 })
    for (const [index, name] of ZIPS.entries()) {
      const wanted = expected.models[name]
      const scores = runs[index]?.scores
      expect(runs[index]).toMatchObject({ status: 'ok', failure: null })
      expectFigures(scores?.metrics, wanted.whole.metrics, name)
      expect(scores?.windows).toHaveLength(wanted.perWindow.length)
      for (const [w, window] of wanted.perWindow.entries()) {
        expectFigures(scores?.windows?.[w]?.metrics, window.metrics, `${name} window ${String(w)}`)
      }
    }
  })

  it.each(['target_lstm.zip', 'champion_lstm.zip'] as const)(
    'runs %s with its state reset at every bar, too, and keeps both',
    async (name) => {
      const reset = stateReset[name].actions
      const { whole, perWindow } = expected.models[name]
      const journal = new Journal(() => undefined)
      const { runs, request } = await evaluate([name], () => ({}), {}, null, journal)
      const scores = runs[0]?.scores
      const changed = [...reset].filter((action, bar) => action !== whole.actions[bar]).length
      expect(scores?.details.policy?.stateReset).toMatchObject({
        ...{ bars: 1999, changedShare: changed / 1999 },
      })
      expectFigures(scores?.metrics, whole.metrics, name)

      const key = answerKey(request, 'm0', 'wasm')
      const kept = await journal.kept(key)
      if (kept.status !== 'usable') throw new Error(kept.reason)
      expect(kept.ranges).toEqual([
        { start: 0, end: 2000 },
        { start: 2000, end: 4000 },
      ])
      const answers: number[] = []
      for (const range of kept.ranges) {
        const entry = await journal.read(key, range)
        answers.push(...(entry?.data as Float64Array))
      }
      const column = (index: number) => answers.filter((_, at) => at % 2 === index).join('')
      const all = [whole, ...perWindow].map(({ actions }) => `${actions}0`).join('')
      expect(column(0)).toBe(all)
      expect(column(1)).toBe(reset.padEnd(4000, '0'))

      const again = await evaluate([name], () => ({}), {}, null, journal)
      expect(again.runs[0]).toMatchObject({ status: 'ok', keptRows: 4000 })
      expect(again.runs[0]?.scores).toEqual(scores)
      await journal.deleteAnswers(key)
    },
  )

  it('leaves the reset state out where it is told to, and where there is no state', async () => {
    const without = await evaluate(['target_lstm.zip'], ({ settings }) => ({
      settings: { ...settings, stateReset: false },
    }))
    expect(without.runs[0]?.scores?.details.policy?.stateReset).toBeNull()
    const plain = await evaluate(['ppo_mlp.zip'])
    expect(plain.runs[0]?.scores?.details.policy?.stateReset).toBeNull()
  })

  it('gives the exported ONNX forms the figures of their archives', async () => {
    const { runs } = await evaluate(['champion_lstm.onnx', 'challenger_lstm_sequence.onnx'])
    expectFigures(
      runs[0]?.scores?.metrics,
      expected.models['champion_lstm.zip'].whole.metrics,
      'champion',
    )
    expectFigures(
      runs[1]?.scores?.metrics,
      expected.models['challenger_lstm.zip'].whole.metrics,
      'challenger',
    )
  })

  it('fills at the close where it is told to', async () => {
    const { runs } = await evaluate(ZIPS.slice(0, 1), ({ settings }) => ({
      settings: { ...settings, fill: 'close' },
    }))
    const [name] = ZIPS
    if (name === undefined) throw new Error('no policy')
    expectFigures(runs[0]?.scores?.metrics, expected.models[name].wholeCloseFill.metrics, name)
  })

  it.each([
    // As wide as what the policy was trained on, so that no account is read: any columns will do.
    { name: 'ppo_mlp.zip', path: 'rows', columns: [...expected.features, 'open', 'close'] },
    { name: 'target_lstm.zip', path: 'sequence', columns: expected.features },
    { name: 'champion_lstm.zip', path: 'ahead', columns: expected.features },
    { name: 'ppo_mlp.zip', path: 'ahead', columns: expected.features },
    { name: 'champion_lstm.onnx', path: 'steps', columns: expected.features },
  ] as const)('leads $name by $path to the actions of one bar at a time', async (example) => {
    const change = ({ market, settings }: PolicyRequest) => ({
      market: { ...market, observations: example.columns },
      settings: { ...settings, warmup: 40 },
    })
    const fast = await evaluate([example.name], change)
    const slow = await evaluate([example.name], change, {}, 'single-steps')
    expect(fast.path).toBe(example.path)
    expect(fast.runs[0]?.status).toBe('ok')
    expect(fast.runs[0]?.scores).toEqual(slow.runs[0]?.scores)
    expect(slow.runs[0]?.scores?.details.policy?.tradeCount).toBeGreaterThan(10)
  })
})
