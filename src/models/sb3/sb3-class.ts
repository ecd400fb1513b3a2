import { displayText, quoted } from '../../core/display-text'
import { ALLOWED_NAMES } from '../pickle/allowed-names'
import { isKind } from '../pickle/pickle-value'
import type { Sb3Data } from './sb3-data'
import type { Sb3Policy } from './sb3-policy'
import { corruptPolicy, unsupportedPolicy } from './sb3-refusal'

export interface Sb3Class {
  readonly algorithm: Sb3Policy['algorithm']
  readonly policyClass: string
  readonly isRecurrent: boolean
}

/** Where the policies of algorithms that are not read live. */
const OTHER_ALGORITHMS: readonly (readonly [module: RegExp, name: string])[] = [
  [/^stable_baselines3\.dqn\./, 'DQN'],
  [/^stable_baselines3\.sac\./, 'SAC'],
  [/^stable_baselines3\.(td3|ddpg)\./, 'TD3 or DDPG'],
  [/^sb3_contrib\.qrdqn\./, 'QR-DQN'],
  [/^sb3_contrib\.tqc\./, 'TQC'],
  [/^sb3_contrib\.crossq\./, 'CrossQ'],
  [/^sb3_contrib\.ars\./, 'ARS'],
  [/^sb3_contrib\..*maskable/, 'MaskablePPO'],
]

const POLICY_CLASSES: ReadonlyMap<string, { readonly isRecurrent: boolean }> = new Map([
  ['stable_baselines3.common.policies.ActorCriticPolicy', { isRecurrent: false }],
  ['sb3_contrib.common.recurrent.policies.RecurrentActorCriticPolicy', { isRecurrent: true }],
])

/** Which algorithm and policy class the file is of; refuses the others by name. */
export function readClass(data: Sb3Data): Sb3Class {
  const module = data.attribute('policy_class', '__module__')
  if (typeof module === 'string' && !/^(stable_baselines3|sb3_contrib)\./.test(module)) {
    throw unsupportedPolicy(`uses a policy class of its own (in module ${quoted(module)})`)
  }
  const value = data.pickle('policy_class', ALLOWED_NAMES.policyClass)
  if (!isKind(value, 'global')) throw corruptPolicy('names no policy class')
  const other = OTHER_ALGORITHMS.find(([pattern]) => pattern.test(value.name))
  if (other !== undefined) {
    throw unsupportedPolicy(`is a policy of ${other[1]}; PPO, A2C, TRPO and RecurrentPPO are read`)
  }
  const policyClass = value.name.slice(value.name.lastIndexOf('.') + 1)
  const known = POLICY_CLASSES.get(value.name)
  if (known === undefined) throw otherPolicy(policyClass)
  const algorithm = known.isRecurrent ? 'RecurrentPPO' : feedForwardAlgorithm(data)
  return { algorithm, policyClass, ...known }
}

/** The file does not name its algorithm; these settings belong to one of them only. */
function feedForwardAlgorithm(data: Sb3Data): Sb3Policy['algorithm'] {
  if (data.has('clip_range')) return 'PPO'
  return data.has('cg_max_steps') ? 'TRPO' : 'A2C'
}

function otherPolicy(policyClass: string): Error {
  if (policyClass.includes('Cnn')) return unsupportedPolicy(`observes images (${policyClass})`)
  if (policyClass.includes('MultiInput')) {
    return unsupportedPolicy(`observes a Dict space (${policyClass})`)
  }
  const name = displayText(policyClass, 80)
  return unsupportedPolicy(`uses the policy class ${name}; MlpPolicy and MlpLstmPolicy are read`)
}
