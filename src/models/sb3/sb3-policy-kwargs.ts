import { displayText, quoted } from '../../core/display-text'
import { ALLOWED_NAMES } from '../pickle/allowed-names'
import { isKind, type PickleValue } from '../pickle/pickle-value'
import { Refusal } from '../../core/refusal'
import { isRecord, type Sb3Data } from './sb3-data'
import type { Activation } from './sb3-policy'
import { corruptPolicy, unsupportedPolicy } from './sb3-refusal'

export interface PolicyKwargs {
  readonly activation: Activation
  readonly squash: boolean
}

const FIELD = 'policy_kwargs'
const ACTIVATION_MODULE = 'torch.nn.modules.activation.'
const ACTIVATIONS: readonly Activation[] = ['Tanh', 'ReLU', 'ELU', 'GELU', 'SiLU', 'LeakyReLU']
const FLATTEN = 'stable_baselines3.common.torch_layers.FlattenExtractor'
const LIBRARY_CLASS = /^<class '(torch|stable_baselines3|sb3_contrib)\./

/**
 * What the policy was made with. Defaults are not written: an absent activation is Tanh. Sizes are
 * not looked at, the weights have them.
 */
export function readPolicyKwargs(data: Sb3Data): PolicyKwargs {
  const kwargs = readEntries(data)
  const extractor = kwargs.get('features_extractor_class')
  if (extractor !== undefined && className(extractor) !== FLATTEN) {
    throw ownClass('features extractor', className(extractor) ?? 'unknown')
  }
  const layer = kwargs.get('recurrent_layer_type')
  if (typeof layer === 'string' && layer.toLowerCase() !== 'lstm') {
    throw unsupportedPolicy(`has recurrent layers of type ${quoted(layer)}; LSTM is read`)
  }
  const squash = kwargs.get('squash_output') === true
  if (squash && data.value('use_sde') !== true) {
    throw corruptPolicy('squashes its actions without gSDE, which Stable-Baselines3 does not do')
  }
  return { activation: readActivation(kwargs.get('activation_fn')), squash }
}

function readEntries(data: Sb3Data): ReadonlyMap<unknown, unknown> {
  if (!data.isPickled(FIELD)) {
    const value = data.value(FIELD) ?? {}
    if (!isRecord(value)) throw corruptPolicy(`holds a "${FIELD}" that is no object`)
    return new Map(Object.entries(value))
  }
  const value = pickledEntries(data)
  if (!isKind(value, 'dict')) throw corruptPolicy(`holds a "${FIELD}" that is no dictionary`)
  return value.entries
}

/** Custom classes are pickled as code; the text beside the pickle then says what they are. */
function pickledEntries(data: Sb3Data): PickleValue {
  try {
    return data.pickle(FIELD, ALLOWED_NAMES.setting)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'file-unsafe') {
      for (const [name, what] of [
        ['features_extractor_class', 'features extractor'],
        ['activation_fn', 'activation function'],
      ] as const) {
        const text = data.attribute(FIELD, name)
        if (typeof text === 'string' && !LIBRARY_CLASS.test(text)) throw ownClass(what, text)
      }
    }
    throw error
  }
}

function readActivation(value: unknown): Activation {
  if (value === undefined) return 'Tanh'
  const name = className(value) ?? 'unknown'
  const activation = ACTIVATIONS.find((known) => `${ACTIVATION_MODULE}${known}` === name)
  if (activation !== undefined) return activation
  throw unsupportedPolicy(
    `has the activation function ${displayText(name, 80)}; ${ACTIVATIONS.join(', ')} are read`,
  )
}

function className(value: unknown): string | null {
  return isRecord(value) && value['kind'] === 'global' && typeof value['name'] === 'string'
    ? value['name']
    : null
}

function ownClass(what: string, name: string): Error {
  return unsupportedPolicy(`uses a ${what} of its own (${displayText(name, 80)})`)
}
