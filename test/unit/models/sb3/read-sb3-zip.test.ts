import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSb3Zip } from '../../../../src/models/sb3/read-sb3-zip'
import { op, pickle } from '../../../fixtures/pickle-builder'
import { utf8, zipFile } from '../../../fixtures/zip-builder'
import { policyBytes, readPolicy } from './read-policy'
import { changedZip, className, kwargs, pickled } from './sb3-zip-builder'

const { spaces } = JSON.parse(
  readFileSync(new URL('../../../reference/pickles.numpy.json', import.meta.url), 'utf8'),
) as { readonly spaces: Readonly<Record<string, string>> }
const space = (name: string) => ({ ':type:': name, ':serialized:': spaces[name] })

const read = (bytes: Uint8Array<ArrayBuffer>, name = 'p.zip') => readSb3Zip(new Blob([bytes]), name)

async function failure(bytes: Uint8Array<ArrayBuffer>) {
  const outcome = await read(bytes)
  if (outcome.ok) throw new Error('was read')
  expect(outcome.failure.message).toContain('"p.zip"')
  expect(outcome.failure.advice).not.toBe('')
  return outcome.failure
}

async function policy(bytes: Uint8Array<ArrayBuffer>) {
  const outcome = await read(bytes)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  structuredClone(outcome.value)
  return outcome.value
}

describe('readSb3Zip describes', () => {
  it('a policy with an LSTM for each of actor and critic', async () => {
    const { lstm, hiddenLayers, actionLayer, ...rest } = await readPolicy('champion_lstm.zip')
    expect(rest).toEqual({
      fileName: 'champion_lstm.zip',
      algorithm: 'RecurrentPPO',
      policyClass: 'RecurrentActorCriticPolicy',
      libraryVersion: '2.9.0a4',
      observation: { kind: 'box', columns: 12, features: 12, categories: [] },
      action: { kind: 'discrete', size: 4, start: 0 },
      activation: 'Tanh',
      // 4·32 rows of 12 + 32 weights and two biases, 32·32 + 32, 4·32 + 4
      parameters: 128 * (12 + 32 + 2) + 1056 + 132,
      warnings: [],
    })
    expect(lstm?.layers.map(({ inputs }) => inputs)).toEqual([12])
    expect(lstm).toMatchObject({ hidden: 32, critic: 'separate' })
    expect(hiddenLayers.map(({ outputs }) => outputs)).toEqual([32])
    expect(actionLayer).toMatchObject({ inputs: 32, outputs: 4 })
  })

  it.each([
    ['shared_lstm.zip', { lstm: { critic: 'shared' } }],
    ['ppo_mlp.zip', { algorithm: 'PPO', lstm: null }],
    ['target_lstm.zip', { observation: { columns: 10 }, action: { size: 3 } }],
    ['stacked_lstm.zip', { activation: 'ReLU', lstm: { critic: 'absent', hidden: 6 } }],
    ['mlp_gelu.zip', { activation: 'GELU' }],
    ['mlp_leakyrelu.zip', { activation: 'LeakyReLU' }],
    [
      'one_hot.zip',
      { observation: { kind: 'discrete', columns: 1, features: 5 }, action: { start: -1 } },
    ],
    ['multi_discrete.zip', { observation: { columns: 2, features: 7, categories: [3, 4] } }],
    ['bits.zip', { observation: { kind: 'multi-binary', columns: 4, features: 4 } }],
    [
      'continuous_lstm.zip',
      {
        action: {
          kind: 'continuous',
          low: Float32Array.of(-0.4, -1),
          high: Float32Array.of(0.6, 0.1),
          squashed: false,
        },
        hiddenLayers: [],
      },
    ],
    ['squashed.zip', { algorithm: 'A2C', action: { squashed: true, size: 2 } }],
  ])('%s', async (name, expected) => {
    expect(await readPolicy(name)).toMatchObject(expected)
  })

  it('layers of an LSTM by their inputs', async () => {
    const { lstm } = await readPolicy('stacked_lstm.zip')
    expect(lstm?.layers.map(({ inputs }) => inputs)).toEqual([5, 6, 6])
    expect((await readPolicy('continuous_lstm.zip')).lstm?.layers[0]?.inputBias).toBeNull()
  })

  it('spaces as NumPy 2 pickles them', async () => {
    const bytes = await changedZip('stacked_lstm.zip', (data) => {
      data['action_space'] = space('Discrete')
    })
    // Four actions where the weights have three: the space was read.
    expect((await failure(bytes)).message).toContain(
      'answers 3 numbers where its action space has 4',
    )
  })

  it('settings with the infinities of Python', async () => {
    const changed = await changedZip('one_hot.zip', () => undefined, {
      data: utf8(
        JSON.stringify(await dataOf('one_hot.zip')).replace(
          '"learning_rate":0.001',
          '"learning_rate":-Infinity,"note":"NaN \\" Infinity","other":[NaN,Infinity]',
        ),
      ),
    })
    expect(Object.keys(await dataOf('one_hot.zip'))).toContain('learning_rate')
    expect(await policy(changed)).toMatchObject({ algorithm: 'PPO' })
  })

  it('code in settings that no answer depends on, left unopened', async () => {
    const bytes = await changedZip('ppo_mlp.zip', (data) => {
      data['lr_schedule'] = pickled(className('posix.system'))
    })
    const { warnings } = await policy(bytes)
    expect(warnings).toEqual([
      'Its setting "lr_schedule" contains code (posix.system), not opened; the policy\'s answers do not depend on it.',
    ])
  })
})

async function dataOf(fileName: string) {
  let found: Record<string, unknown> = {}
  await changedZip(fileName, (data) => {
    found = data
  })
  return found
}

describe('readSb3Zip refuses code', () => {
  const system = pickle(op.global('posix', 'system'), op.text('touch x'), op.tuple1, op.reduce)

  it.each(['policy_class', 'policy_kwargs', 'observation_space', 'action_space'])(
    'in %s',
    async (field) => {
      const bytes = await changedZip('one_hot.zip', (data) => {
        data[field] = pickled(system)
      })
      const { code, message } = await failure(bytes)
      expect({ code, message }).toEqual({
        code: 'file-unsafe',
        message: '"p.zip" contains code (posix.system), not opened.',
      })
    },
  )

  it('in policy.pth', async () => {
    const weights = zipFile([{ name: 'archive/data.pkl', bytes: system }])
    const bytes = await changedZip('one_hot.zip', () => undefined, { 'policy.pth': weights })
    expect(await failure(bytes)).toMatchObject({
      code: 'file-unsafe',
      message: '"p.zip" contains code (posix.system), not opened.',
    })
  })
})

describe('readSb3Zip refuses by name', () => {
  it.each([
    ['DQN', 'stable_baselines3.dqn.policies.DQNPolicy', 'a policy of DQN'],
    ['SAC', 'stable_baselines3.sac.policies.SACPolicy', 'a policy of SAC'],
    ['TD3', 'stable_baselines3.td3.policies.TD3Policy', 'a policy of TD3'],
    [
      'MaskablePPO',
      'sb3_contrib.common.maskable.policies.MaskableActorCriticPolicy',
      'MaskablePPO',
    ],
    ['images', 'stable_baselines3.common.policies.ActorCriticCnnPolicy', 'observes images'],
    ['a Dict', 'stable_baselines3.common.policies.MultiInputActorCriticPolicy', 'a Dict space'],
    [
      'a class of its own',
      'stable_baselines3.common.policies.OtherPolicy',
      'the policy class OtherPolicy',
    ],
  ])('%s', async (_, name, words) => {
    const bytes = await changedZip('one_hot.zip', (data) => {
      data['policy_class'] = pickled(className(name))
    })
    const { code, message, advice } = await failure(bytes)
    expect(message).toContain(words)
    expect(code).toBe('model-unsupported')
    expect(advice).toContain('Export the policy to ONNX')
  })

  it.each([
    ['Dict', 'observation_space', 'observes a Dict space'],
    ['Tuple', 'observation_space', 'observes a Tuple space'],
    ['image', 'observation_space', 'observes images'],
    ['MultiDiscrete', 'action_space', 'acts in a MultiDiscrete space'],
    ['MultiBinary', 'action_space', 'acts in a MultiBinary space'],
    ['Dict', 'action_space', 'acts in a Dict space'],
  ])('%s as %s', async (name, field, words) => {
    const bytes = await changedZip('one_hot.zip', (data) => {
      data[field] = space(name)
    })
    expect(await failure(bytes)).toMatchObject({ code: 'model-unsupported' })
    expect((await failure(bytes)).message).toContain(words)
  })

  it.each([
    [
      'a policy class of its own',
      'policy_class',
      pickled(className('__main__.MyPolicy'), { __module__: '__main__' }),
      'a policy class of its own (in module "__main__")',
    ],
    [
      'an extractor of its own',
      'policy_kwargs',
      pickled(kwargs({ features_extractor_class: op.global('__main__', 'Net') }), {
        features_extractor_class: "<class '__main__.Net'>",
      }),
      "a features extractor of its own (<class '__main__.Net'>)",
    ],
    [
      'a features extractor of the library',
      'policy_kwargs',
      pickled(
        kwargs({
          features_extractor_class: op.global('stable_baselines3.common.torch_layers', 'NatureCNN'),
        }),
      ),
      'NatureCNN',
    ],
    [
      'another activation function',
      'policy_kwargs',
      pickled(kwargs({ activation_fn: op.global('torch.nn.modules.activation', 'Softplus') })),
      'the activation function torch.nn.modules.activation.Softplus; Tanh, ReLU',
    ],
    ['plain recurrent layers', 'policy_kwargs', { recurrent_layer_type: 'RNN' }, 'of type "RNN"'],
  ])('%s', async (_, field, value, words) => {
    const bytes = await changedZip('one_hot.zip', (data) => {
      data[field] = value
    })
    const { code, message } = await failure(bytes)
    expect(message).toContain(words)
    expect(code).toBe('model-unsupported')
  })
})

describe('readSb3Zip refuses files that are something else', () => {
  it.each([
    ['nothing', new Uint8Array(), 'file-empty', 'is empty'],
    ['an HTML page', utf8('<!doctype html>'), 'model-foreign', 'an HTML page'],
    ['a pickle', Uint8Array.of(0x80, 4, 0x4e, 0x2e), 'model-foreign', 'a Python pickle'],
    ['torch.save', policyBytes('odd_tensors.pth'), 'model-foreign', 'a PyTorch file'],
    [
      'some zip',
      zipFile([{ name: 'a.txt', bytes: utf8('a') }]),
      'model-foreign',
      'holds no policy',
    ],
    [
      'F45 archives in an archive',
      zipFile([{ name: 'lib 0.zip', bytes: zipFile([]) }]),
      'model-foreign',
      'archives within the archive',
    ],
  ])('%s', async (_, bytes, code, words) => {
    const found = await failure(bytes)
    expect(found.message).toContain(words)
    expect(found.code).toBe(code)
  })

  it.each([
    ['without policy.pth', { 'policy.pth': null }, 'holds no policy'],
    ['with settings that are no JSON', { data: utf8('{') }, 'not valid JSON'],
    ['with settings that are no object', { data: utf8('[1]') }, 'no JSON object'],
    ['with settings that say nothing', { data: utf8('{}') }, 'has no "policy_class"'],
    ['with weights that are text', { 'policy.pth': utf8('text') }, 'damaged zip'],
  ])('a policy %s', async (_, entries, words) => {
    const bytes = await changedZip('one_hot.zip', () => undefined, entries)
    expect((await failure(bytes)).message).toContain(words)
  })

  it('a policy whose settings and weights do not belong together', async () => {
    const data = utf8(JSON.stringify(await dataOf('bits.zip')))
    const bytes = await changedZip('mlp_elu.zip', () => undefined, { data })
    expect((await failure(bytes)).message).toContain('of shape [8, 5] where [8, 4] is due')
    const lstm = utf8(JSON.stringify(await dataOf('stacked_lstm.zip')))
    const noLstm = await changedZip('mlp_elu.zip', () => undefined, { data: lstm })
    expect((await failure(noLstm)).message).toContain('lacks the weights "lstm_actor.weight_hh_l0"')
  })

  it('whatever its name', async () => {
    const outcome = await read(policyBytes('one_hot.zip'), 'model.onnx')
    expect(outcome.ok).toBe(true)
  })
})
