import { quoted } from '../../core/display-text'
import type { LinearLayer, LstmLayer, Sb3Lstm } from './sb3-policy'
import { corruptPolicy, unsupportedPolicy } from './sb3-refusal'
import type { StateDict, TorchTensor } from './torch-state-dict'

export interface Sb3Network {
  readonly lstm: Sb3Lstm | null
  readonly hiddenLayers: readonly LinearLayer[]
  readonly actionLayer: LinearLayer
  readonly parameters: number
  readonly isRounded: boolean
}

/** Parameters of MlpPolicy and MlpLstmPolicy, the critic's and gSDE's included. */
const KNOWN_PARAMETER =
  /^((lstm_actor|lstm_critic)\.(weight|bias)_(ih|hh)_l\d+|mlp_extractor\.(shared_net|policy_net|value_net)\.\d+\.(weight|bias)|(critic|action_net|value_net)\.(weight|bias)|log_std|sde_features_extractor\..+)$/

/** Of those, the ones that a deterministic action depends on. */
const ACTOR_PARAMETER = /^(lstm_actor\.|mlp_extractor\.(shared_net|policy_net)\.|action_net\.)/

export function isActorParameter(name: string): boolean {
  return KNOWN_PARAMETER.test(name) && ACTOR_PARAMETER.test(name)
}

/** Refuses a policy that has parameters beyond those of MlpPolicy and MlpLstmPolicy. */
export function checkParameterNames(names: readonly string[]): void {
  const strange = names.find((name) => !KNOWN_PARAMETER.test(name))
  if (strange === undefined) return
  if (/^(pi_|vf_)?features_extractor\./.test(strange)) {
    throw unsupportedPolicy(`has a features extractor with weights (${quoted(strange)})`)
  }
  if (/^lstm_(actor|critic)\./.test(strange)) {
    throw unsupportedPolicy(
      `has an LSTM that runs backwards or projects its state (${quoted(strange)})`,
    )
  }
  throw unsupportedPolicy(`has weights that MlpPolicy does not have (${quoted(strange)})`)
}

/**
 * Puts the actor's weights in order and holds every size against the one before.
 * @param features - inputs of the first layer
 * @param actions - outputs of the last layer
 */
export function readNetwork(
  weights: { readonly names: readonly string[]; readonly tensors: StateDict },
  features: number,
  actions: number,
  isRecurrent: boolean,
): Sb3Network {
  checkParameterNames(weights.names)
  const { tensors } = weights
  const lstm = isRecurrent ? readLstm(tensors, features, weights.names) : null
  let width = lstm?.hidden ?? features
  const hiddenLayers: LinearLayer[] = []
  for (const prefix of hiddenPrefixes(tensors)) {
    const layer = readLinear(tensors, prefix, width)
    hiddenLayers.push(layer)
    width = layer.outputs
  }
  const actionLayer = readLinear(tensors, 'action_net', width)
  if (actionLayer.outputs !== actions) {
    throw corruptPolicy(
      `answers ${String(actionLayer.outputs)} numbers where its action space has ${String(actions)}`,
    )
  }
  const all = [...tensors.values()].map(({ values }) => values)
  return {
    lstm,
    hiddenLayers,
    actionLayer,
    parameters: all.reduce((sum, { length }) => sum + length, 0),
    isRounded: all.some((values) => values instanceof Float64Array),
  }
}

/** Hidden layers in order: shared ones (of versions before 1.8) first; activations lie between. */
function hiddenPrefixes(tensors: StateDict): readonly string[] {
  return ['mlp_extractor.shared_net', 'mlp_extractor.policy_net'].flatMap((net) => {
    const indices = [...tensors.keys()]
      .filter((name) => name.startsWith(`${net}.`) && name.endsWith('.weight'))
      .map((name) => Number(name.slice(net.length + 1, -'.weight'.length)))
      .sort((a, b) => a - b)
    if (indices.some((index, position) => index !== 2 * position)) {
      throw unsupportedPolicy('has layers between its linear ones that carry weights')
    }
    return indices.map((index) => `${net}.${String(index)}`)
  })
}

function readLinear(tensors: StateDict, prefix: string, inputs: number): LinearLayer {
  const weight = wanted(tensors, `${prefix}.weight`)
  const [outputs = 0] = weight.shape
  checkShape(weight, [outputs, inputs], `${prefix}.weight`)
  const bias = tensors.get(`${prefix}.bias`)
  if (bias !== undefined) checkShape(bias, [outputs], `${prefix}.bias`)
  return {
    inputs,
    outputs,
    weight: float32(weight),
    bias: bias === undefined ? null : float32(bias),
  }
}

function readLstm(tensors: StateDict, features: number, names: readonly string[]): Sb3Lstm {
  const { shape } = wanted(tensors, 'lstm_actor.weight_hh_l0')
  const [rows = 0, hidden = 0] = shape
  if (rows === hidden) throw unsupportedPolicy('has plain recurrent layers (RNN); LSTM is read')
  const layers: LstmLayer[] = []
  while (tensors.has(`lstm_actor.weight_ih_l${String(layers.length)}`)) {
    const inputs = layers.length === 0 ? features : hidden
    layers.push(readLstmLayer(tensors, `l${String(layers.length)}`, inputs, hidden))
  }
  const known = layers.length * (layers[0]?.inputBias === null ? 2 : 4)
  const held = [...tensors.keys()].filter((name) => name.startsWith('lstm_actor.')).length
  if (held !== known) throw corruptPolicy('lacks weights of an LSTM layer')
  return { layers, hidden, critic: criticKind(names) }
}

function readLstmLayer(
  tensors: StateDict,
  layer: string,
  inputs: number,
  hidden: number,
): LstmLayer {
  const read = (part: string, shape: readonly number[]): Float32Array<ArrayBuffer> => {
    const name = `lstm_actor.${part}_${layer}`
    const tensor = wanted(tensors, name)
    checkShape(tensor, shape, name)
    return float32(tensor)
  }
  const rows = 4 * hidden
  const hasBias = tensors.has(`lstm_actor.bias_ih_${layer}`)
  return {
    inputs,
    inputWeight: read('weight_ih', [rows, inputs]),
    hiddenWeight: read('weight_hh', [rows, hidden]),
    inputBias: hasBias ? read('bias_ih', [rows]) : null,
    hiddenBias: hasBias ? read('bias_hh', [rows]) : null,
  }
}

function criticKind(names: readonly string[]): Sb3Lstm['critic'] {
  if (names.some((name) => name.startsWith('lstm_critic.'))) return 'separate'
  return names.includes('critic.weight') ? 'absent' : 'shared'
}

function wanted(tensors: StateDict, name: string): TorchTensor {
  const tensor = tensors.get(name)
  if (tensor === undefined) throw corruptPolicy(`lacks the weights ${quoted(name)}`)
  return tensor
}

function checkShape(tensor: TorchTensor, shape: readonly number[], name: string): void {
  if (tensor.values.length === 0) throw corruptPolicy(`has no numbers in ${quoted(name)}`)
  const fits =
    tensor.shape.length === shape.length && shape.every((size, axis) => size === tensor.shape[axis])
  if (!fits) {
    throw corruptPolicy(
      `has ${quoted(name)} of shape [${tensor.shape.join(', ')}] where [${shape.join(', ')}] is due`,
    )
  }
}

function float32({ values }: TorchTensor): Float32Array<ArrayBuffer> {
  return values instanceof Float32Array ? values : Float32Array.from(values)
}
