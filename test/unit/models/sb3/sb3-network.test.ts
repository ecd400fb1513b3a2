import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../../src/core/refusal'
import { readNetwork } from '../../../../src/models/sb3/sb3-network'

type Shapes = Readonly<Record<string, readonly number[]>>

const MLP: Shapes = {
  'mlp_extractor.policy_net.0.weight': [4, 3],
  'mlp_extractor.policy_net.0.bias': [4],
  'action_net.weight': [2, 4],
  'action_net.bias': [2],
}
const LSTM: Shapes = {
  'lstm_actor.weight_ih_l0': [20, 3],
  'lstm_actor.weight_hh_l0': [20, 5],
  'lstm_actor.bias_ih_l0': [20],
  'lstm_actor.bias_hh_l0': [20],
  'action_net.weight': [2, 5],
  'action_net.bias': [2],
}

/** A network of 3 features and 2 actions from tensors of zeros. */
function network(shapes: Shapes, isRecurrent = false) {
  const tensors = new Map(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { shape, values: new Float32Array(shape.reduce((product, size) => product * size, 1)) },
    ]),
  )
  return readNetwork({ names: [...tensors.keys()], tensors }, 3, 2, isRecurrent)
}

function finding(shapes: Shapes, isRecurrent = false): string {
  try {
    network(shapes, isRecurrent)
  } catch (error) {
    if (error instanceof Refusal) return error.finding
    throw error
  }
  throw new Error('was read')
}

describe('readNetwork', () => {
  it('puts shared layers of older versions in front', () => {
    const { hiddenLayers } = network({
      'mlp_extractor.policy_net.0.weight': [4, 6],
      'mlp_extractor.shared_net.0.weight': [7, 3],
      'mlp_extractor.shared_net.2.weight': [6, 7],
      'action_net.weight': [2, 4],
    })
    expect(hiddenLayers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [3, 7],
      [7, 6],
      [6, 4],
    ])
    expect(hiddenLayers.every(({ bias }) => bias === null)).toBe(true)
  })

  it('orders ten layers and more by number, not by text', () => {
    const layers = Array.from({ length: 12 }, (_, index) => [
      `mlp_extractor.policy_net.${String(2 * index)}.weight`,
      [index + 4, index + 3],
    ])
    const shapes = { ...(Object.fromEntries(layers) as Shapes), 'action_net.weight': [2, 15] }
    expect(network(shapes).hiddenLayers.at(-1)?.outputs).toBe(15)
  })

  it('counts only what has a part in the answer', () => {
    expect(network(MLP).parameters).toBe(12 + 4 + 8 + 2)
  })

  it.each<[string, Shapes, string]>([
    [
      'a features extractor with weights',
      { ...MLP, 'features_extractor.linear.0.weight': [3, 3] },
      'a features extractor with weights ("features_extractor.linear.0.weight")',
    ],
    [
      'unknown weights',
      { ...MLP, 'attention.weight': [3, 3] },
      'weights that MlpPolicy does not have',
    ],
    [
      'a layer between layers',
      { ...MLP, 'mlp_extractor.policy_net.1.weight': [4] },
      'layers between its linear ones',
    ],
    ['no action layer', { 'value_net.weight': [1, 3] }, 'lacks the weights "action_net.weight"'],
    [
      'too few actions',
      { ...MLP, 'action_net.weight': [1, 4], 'action_net.bias': [1] },
      'answers 1 numbers',
    ],
    ['a bias of another size', { ...MLP, 'action_net.bias': [3] }, 'of shape [3] where [2] is due'],
    [
      'layers that do not follow',
      { ...MLP, 'action_net.weight': [2, 5] },
      'of shape [2, 5] where [2, 4]',
    ],
    [
      'a layer of no size',
      { ...MLP, 'mlp_extractor.policy_net.0.weight': [0, 3] },
      'has no numbers in "mlp_extractor.policy_net.0.weight"',
    ],
  ])('refuses %s', (_, shapes, words) => {
    expect(finding(shapes)).toContain(words)
  })

  it.each<[string, Shapes, string]>([
    ['plain recurrent layers', { ...LSTM, 'lstm_actor.weight_hh_l0': [5, 5] }, '(RNN)'],
    [
      'a reverse direction',
      { ...LSTM, 'lstm_actor.weight_ih_l0_reverse': [20, 3] },
      'runs backwards',
    ],
    ['a projection', { ...LSTM, 'lstm_actor.weight_hr_l0': [4, 5] }, 'projects its state'],
    [
      'a gate too few',
      { ...LSTM, 'lstm_actor.weight_ih_l0': [15, 3] },
      'of shape [15, 3] where [20, 3]',
    ],
    [
      'a layer left out',
      { ...LSTM, 'lstm_actor.weight_ih_l2': [20, 5] },
      'lacks weights of an LSTM layer',
    ],
    [
      'one bias of two',
      Object.fromEntries(Object.entries(LSTM).filter(([name]) => name !== 'lstm_actor.bias_hh_l0')),
      'lacks the weights "lstm_actor.bias_hh_l0"',
    ],
    ['none', MLP, 'lacks the weights "lstm_actor.weight_hh_l0"'],
  ])('refuses an LSTM with %s', (_, shapes, words) => {
    expect(finding(shapes, true)).toContain(words)
  })
})
