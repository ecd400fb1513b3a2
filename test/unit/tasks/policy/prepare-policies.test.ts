import { describe, expect, it } from 'vitest'
import type { ModelInfo, PolicyInfo } from '../../../../src/core/model'
import type { PolicySettings } from '../../../../src/core/policy'
import { prepareTask } from '../../../../src/tasks/prepare-task'
import { proposeTask } from '../../../../src/tasks/propose-task'
import { taskOf } from '../../../../src/tasks/task-registry'
import { makeDataset } from '../make-dataset'
import { makeModel, value } from '../make-model'

const dataset = makeDataset([
  ['close', [100, 101, 102, 101, 103]],
  ['a', [0.5, 1, 2, 3, 4]],
  ['b', [1, 0, 1, 0, 1]],
])

const STATE = { input: 'h_in', output: 'h_out', batchAxis: 1, shape: [1, 1, 8] }

function policyModel(name: string, change: Partial<PolicyInfo> = {}): ModelInfo {
  const policy: PolicyInfo = {
    observation: 'obs',
    observationWidth: 2,
    axes: 'batch',
    answersEveryBar: false,
    states: [],
    answer: 'logits',
    answerKind: 'scores',
    actionCount: 3,
    hasFreeBatch: true,
    ...change,
  }
  return { ...makeModel(name, [], []), policy }
}

function prepare(models: readonly ModelInfo[], settings: Partial<PolicySettings> = {}) {
  const market = { time: null, open: null, close: 'close', spread: null, observations: ['a', 'b'] }
  const outcome = prepareTask(dataset, {
    kind: 'policy',
    roles: { target: null, features: [] },
    models,
    policy: { market, settings, windows: { initial: 0, step: 2 } },
  })
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

function bindingOf(model: ModelInfo, settings: Partial<PolicySettings> = {}) {
  const binding = prepare([model], settings).bindings[model.id]
  if (binding === undefined) throw new Error('no binding')
  return binding
}

describe('preparePolicies', () => {
  it.each([
    ['rows', {}],
    ['steps', { states: [STATE] }],
    ['ahead', { observationWidth: 4 }],
    ['ahead', { observationWidth: 4, states: [STATE], axes: 'time,batch', answersEveryBar: true }],
    ['steps', { observationWidth: 4, states: [STATE] }],
    ['single-steps', { observationWidth: 4, hasFreeBatch: false }],
    ['sequence', { states: [STATE], axes: 'batch,time', answersEveryBar: true }],
    ['steps', { states: [STATE], axes: 'batch,time' }],
    ['single-steps', { states: [STATE], hasFreeBatch: false }],
  ] as const)('chooses %s for %j', (path, change) => {
    const binding = bindingOf(policyModel('p', change))
    expect(binding).toMatchObject({ value: { rollout: { path } } })
  })

  it('takes windows one by one where no policy can run them side by side', () => {
    const single = policyModel('single', { states: [STATE], hasFreeBatch: false })
    expect(prepare([single]).pieces).toHaveLength(4)
    expect(prepare([single, policyModel('rows')]).pieces).toHaveLength(2)
    expect(bindingOf(single)).toMatchObject({ value: { fixedBatch: 1 } })
  })

  it('asks how many actions there are where an index is answered', () => {
    const index = policyModel('index', { answerKind: 'index', actionCount: null })
    const refused = bindingOf(index)
    expect(refused).toMatchObject({ failure: { code: 'output-shape' } })
    const actions = ['hold', 'long', 'short', 'close', 'flat'] as const
    expect(bindingOf(index, { actions })).toMatchObject({
      value: { rollout: { policy: { actionCount: 5 }, settings: { actions } } },
    })
  })

  it('keeps a last window of one bar, at which nothing is decided', () => {
    const task = prepare([policyModel('p')])
    expect(task).toMatchObject({ rows: 10 })
    const outcome = taskOf('policy').score({
      modelId: 'p',
      rows: 10,
      output: { kind: 'action', output: 'logits', width: 1 },
      data: Float64Array.of(1, 1, 2, 1, 0, 1, 0, 2, 0, 0),
      targets: task.targets,
      labels: null,
    })
    if (!outcome.ok) throw new Error(outcome.failure.message)
    const { windows, metrics } = outcome.value
    expect(windows?.map(({ start, partial }) => [start, partial])).toEqual([
      [0, false],
      [2, false],
      [4, true],
    ])
    // Long from 100 to 102, then short from 102 to 101, then long from 101 to 103.
    expect(metrics.totalReturn).toBeCloseTo((102 / 100) * (103 / 102) * (103 / 101) - 1, 12)
    expect(windows?.[0]?.metrics.totalReturn).toBeCloseTo(0.01, 12)
    expect(windows?.[1]?.metrics.totalReturn).toBeCloseTo(1 / 102, 12)
    expect(windows?.[2]?.metrics).toMatchObject({ totalReturn: 0, sharpe: null, trades: 0 })
  })

  it('refuses answers of another model or another number of rows', () => {
    const { targets } = prepare([policyModel('p')])
    const answered = {
      modelId: 'p',
      rows: 10,
      output: { kind: 'action', output: 'logits', width: 1 } as const,
      data: new Float64Array(10),
      targets,
      labels: null,
    }
    const { score } = taskOf('policy')
    expect(score(answered)).toMatchObject({ ok: true })
    for (const change of [
      { modelId: 'q' },
      { rows: 9, data: new Float64Array(9) },
      { data: Array<string>(10).fill('0') },
    ]) {
      expect(score({ ...answered, ...change })).toMatchObject({ failure: { code: 'internal' } })
    }
  })
})

describe('proposeTask with policies', () => {
  const classifier = makeModel(
    'c',
    [value('features', 'float32', ['n', 2])],
    [value('logits', 'float32', ['n', 2])],
  )

  it('proposes a backtest where one model is a policy and there is a close', () => {
    const proposal = proposeTask(dataset.info, [policyModel('p'), classifier])
    expect(proposal).toMatchObject({
      value: {
        kind: 'policy',
        metric: 'score',
        roles: { target: null, features: ['a', 'b'] },
        market: { close: 'close', open: null, observations: ['a', 'b'] },
      },
    })
    if (proposal.ok) expect(proposal.value.reason).toMatch(/^Backtest: 1 of 2 models is a policy\./)
  })

  it('proposes by row where no column is a close, and says so', () => {
    const { info } = makeDataset([
      ['a', [0.5, 1, 2]],
      ['b', [1, 0, 1]],
    ])
    const proposal = proposeTask(info, [policyModel('p')])
    expect(proposal).toMatchObject({ value: { kind: 'classification', market: null } })
    if (proposal.ok)
      expect(proposal.value.reason).toMatch(/^No column of "data.csv" is named like a/)
  })

  it('proposes no market without policies', () => {
    const proposal = proposeTask(dataset.info, [classifier])
    expect(proposal).toMatchObject({ value: { market: null } })
  })
})
