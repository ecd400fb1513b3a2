import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Dimension, ValueInfo } from '../../../src/core/model'
import { policyInfo } from '../../../src/models/policy-info'
import { readOnnx } from '../../../src/models/read-onnx'
import { sb3ToOnnx } from '../../../src/models/sb3/sb3-to-onnx'
import { value } from '../tasks/make-model'
import { policyBytes, readPolicy } from './sb3/read-policy'

function infoOf(bytes: Uint8Array, fileName: string) {
  const header = readOnnx(bytes, fileName)
  return header.ok ? header.value.policy : null
}

const float = (name: string, ...shape: Dimension[]): ValueInfo => value(name, 'float32', shape)
const obs = float('obs', 'batch', 10)

describe('policyInfo', () => {
  it('reads the one-step form', () => {
    expect(infoOf(policyBytes('champion_lstm.onnx'), 'champion_lstm.onnx')).toEqual({
      observation: 'obs',
      observationWidth: 12,
      axes: 'batch',
      answersEveryBar: false,
      states: [
        { input: 'h_in', output: 'h_out', batchAxis: 1, shape: [1, 1, 32] },
        { input: 'c_in', output: 'c_out', batchAxis: 1, shape: [1, 1, 32] },
      ],
      answer: 'logits',
      answerKind: 'scores',
      actionCount: 4,
      hasFreeBatch: true,
    })
  })

  it('reads the sequence form that answers its last bar alone', () => {
    const name = 'challenger_lstm_sequence.onnx'
    expect(infoOf(policyBytes(name), name)).toMatchObject({
      observation: 'observation',
      axes: 'batch,time',
      answersEveryBar: false,
      states: [
        { input: 'lstm_h', output: 'new_lstm_h' },
        { input: 'lstm_c', output: 'new_lstm_c' },
      ],
      answer: 'action_probs',
      answerKind: 'scores',
      actionCount: 4,
      hasFreeBatch: true,
    })
  })

  it.each([
    ['champion_lstm.zip', 'sequence', { axes: 'time,batch', answersEveryBar: true }],
    ['champion_lstm.zip', 'step', { axes: 'batch', answersEveryBar: false }],
    ['stacked_lstm.zip', 'sequence', { actionCount: 3, answerKind: 'scores' }],
    ['ppo_mlp.zip', 'step', { axes: 'batch', states: [], actionCount: 4 }],
    ['one_hot.zip', 'step', { observationWidth: 1, actionCount: 3 }],
  ] as const)('reads the graph made of %s, %s', async (name, form, wanted) => {
    const graph = sb3ToOnnx(await readPolicy(name), { form, normalization: null })
    expect(infoOf(graph, name)).toMatchObject({ hasFreeBatch: true, ...wanted })
  })

  it('gives the shape of stacked states', async () => {
    const policy = await readPolicy('stacked_lstm.zip')
    const graph = sb3ToOnnx(policy, { form: 'sequence', normalization: null })
    expect(infoOf(graph, 'stacked_lstm.zip')?.states).toEqual([
      { input: 'h', output: 'h_out', batchAxis: 1, shape: [3, 1, 6] },
      { input: 'c', output: 'c_out', batchAxis: 1, shape: [3, 1, 6] },
    ])
  })

  const others = ['test/fixtures/models/', 'public/demo/'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.onnx'))
      .map((name) => folder + name),
  )

  it.each(others)('takes %s for no policy', (path) => {
    expect(infoOf(new Uint8Array(readFileSync(path)), path)).toBeNull()
  })

  it('was tried on all of them', () => {
    expect(others.length).toBeGreaterThan(20)
  })
})

describe('states', () => {
  const answer = float('logits', 'batch', 3)
  const pairsOf = (inputs: readonly ValueInfo[], outputs: readonly ValueInfo[]) =>
    policyInfo({ inputs, outputs })?.states.map(({ input, output }) => `${input} ${output}`)
  const state = (name: string) => float(name, 1, 'batch', 8)

  it.each([
    ['h0', 'hn', 'c0', 'cn'],
    ['prevH', 'nextH', 'prevC', 'nextC'],
    ['state.h', 'new_state.h', 'state.c', 'new_state.c'],
  ])('pairs %s with %s', (h, nextH, c, nextC) => {
    const outputs = [state(nextC), answer, state(nextH)]
    const pairs = [`${h} ${nextH}`, `${c} ${nextC}`]
    expect(pairsOf([obs, state(h), state(c)], outputs)).toEqual(pairs)
  })

  it('pairs by order where names say nothing and nothing is left over', () => {
    const [a, b, x, y] = ['a', 'b', 'x', 'y'].map(state) as [
      ValueInfo,
      ValueInfo,
      ValueInfo,
      ValueInfo,
    ]
    expect(pairsOf([obs, a, b], [answer, x, y])).toEqual(['a x', 'b y'])
    expect(pairsOf([obs, a, b], [answer, x, y, state('z')])).toBeUndefined()
    expect(pairsOf([obs, a, b], [answer, x])).toBeUndefined()
    expect(pairsOf([obs, a], [answer, float('x', 1, 'batch', 9)])).toBeUndefined()
  })

  it('asks for every size but the batch, and for every input', () => {
    const loose = (name: string) => float(name, 'layers', 'batch', 8)
    expect(pairsOf([obs, loose('h_in')], [answer, loose('h_out')])).toBeUndefined()
    const mask = value('mask', 'bool', ['batch', 3])
    expect(pairsOf([obs, mask], [answer])).toBeUndefined()
    expect(pairsOf([obs, float('episode_starts', 'batch')], [answer])).toBeUndefined()
  })

  it('knows a batch that is fixed at one', () => {
    const fixed = (name: string) => float(name, 2, 1, 8)
    const info = policyInfo({ inputs: [obs, fixed('h_in')], outputs: [answer, fixed('h_out')] })
    expect(info?.states).toEqual([
      { input: 'h_in', output: 'h_out', batchAxis: 1, shape: [2, 1, 8] },
    ])
    expect(info?.hasFreeBatch).toBe(false)
  })
})

describe('observations and answers', () => {
  const recurrent = (observation: ValueInfo, ...outputs: ValueInfo[]) =>
    policyInfo({
      inputs: [observation, float('h_in', 1, 'n', 8)],
      outputs: [...outputs, float('h_out', 1, 'n', 8)],
    })

  it.each([
    [['n', 'x', 10], 'batch,time', true],
    [['x', 'n', 10], 'time,batch', true],
    [['T', 'B', 10], 'time,batch', true],
    [['batch', 1, 10], 'batch,time', false],
    // Nothing tells the axes apart: one bar and one window at a time is right either way.
    [[null, null, 10], 'batch,time', false],
  ] as const)('reads the axes of %j', (shape, axes, answersEveryBar) => {
    const lead = shape.slice(0, 2)
    const info = recurrent(float('x', ...shape), float('logits', ...lead, 4))
    expect(info).toMatchObject({ axes, answersEveryBar, observationWidth: 10 })
    expect(info?.hasFreeBatch).toBe(shape[0] !== null)
  })

  it.each([
    [float('x', 'batch', 'n')],
    [float('x', 16, 10)],
    [float('x', 'batch', 5, 10)],
    [float('x', 10)],
  ])('reads no observation of %j', (observation) => {
    expect(recurrent(observation, float('logits', 'batch', 4))).toBeNull()
  })

  it.each([
    ['an index', value('action', 'int64', ['n']), 'index', null],
    ['an index of its own axis', value('action', 'int64', ['n', 1]), 'index', null],
    ['a target', float('action', 'n', 1), 'target', null],
    ['values of Q', float('q_values', 'n', 3), 'scores', 3],
    ['the only output', float('y', 'n', 3), 'scores', 3],
  ] as const)('reads %s', (_, output, answerKind, actionCount) => {
    const beside = [float('value', 'n', 1), float('log_prob', 'n')]
    expect(recurrent(float('x', 'n', 10), ...beside, output)).toMatchObject({
      answer: output.name,
      answerKind,
      actionCount,
    })
  })

  it('reads no action of several numbers, no single logit and no value', () => {
    for (const output of [
      float('action', 'n', 2),
      float('logits', 'n', 1),
      float('value', 'n', 1),
      float('logits', 'n', 50_000),
    ]) {
      expect(recurrent(float('x', 'n', 10), output)).toBeNull()
    }
  })

  it('takes a model without states for a policy by its names alone', () => {
    const logits = float('logits', 'batch', 4)
    expect(policyInfo({ inputs: [obs], outputs: [logits] })).not.toBeNull()
    expect(policyInfo({ inputs: [float('features', 'batch', 10)], outputs: [logits] })).toBeNull()
    expect(policyInfo({ inputs: [obs], outputs: [float('y', 'batch', 4)] })).toBeNull()
    const history = float('obs', 'batch', 'time', 10)
    expect(policyInfo({ inputs: [history], outputs: [logits] })).toBeNull()
  })
})
