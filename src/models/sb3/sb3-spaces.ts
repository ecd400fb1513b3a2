import { SPACE_SIZE } from '../../core/caps'
import { ALLOWED_NAMES } from '../pickle/allowed-names'
import { dtypeName, numpyArray, shapeOf } from '../pickle/numpy-array'
import { attributesOf, isKind, type PickleKey, type PickleValue } from '../pickle/pickle-value'
import type { Sb3Data } from './sb3-data'
import type { Sb3Action, Sb3Observation } from './sb3-policy'
import { corruptPolicy, unsupportedPolicy } from './sb3-refusal'

interface Space {
  /** Class name without its module. */
  readonly kind: string
  readonly attributes: ReadonlyMap<PickleKey, PickleValue>
}

/** The observation space, flattened as Stable-Baselines3's `preprocess_obs` and `Flatten` do. */
export function readObservationSpace(data: Sb3Data): Sb3Observation {
  const { kind, attributes } = readSpace(data, 'observation_space')
  switch (kind) {
    case 'Box': {
      if (isImage(attributes)) throw unsupportedPolicy('observes images')
      const columns = boxSize(attributes)
      return { kind: 'box', columns, features: columns, categories: [] }
    }
    case 'Discrete': {
      const categories = [wholeNumber(attributes.get('n'), 'observation')]
      return { kind: 'discrete', columns: 1, features: sum(categories), categories }
    }
    case 'MultiDiscrete': {
      const values = numpyArray(attributes.get('nvec'))?.values
      const categories = [...(values ?? [])].map((n) => wholeNumber(n, 'observation'))
      const columns = categories.length
      if (columns === 0) throw corruptPolicy('observes nothing')
      return { kind: 'multi-discrete', columns, features: sum(categories), categories }
    }
    case 'MultiBinary': {
      const shape = shapeOf(attributes.get('_shape') ?? attributes.get('shape'))
      const columns = wholeNumber(product(shape), 'observation')
      return { kind: 'multi-binary', columns, features: columns, categories: [] }
    }
    default:
      throw unsupportedPolicy(`observes a ${kind} space; Box, Discrete and MultiBinary are read`)
  }
}

/** The action space; `squash` is the policy's `squash_output`, which gSDE alone allows. */
export function readActionSpace(data: Sb3Data, squash: boolean): Sb3Action {
  const { kind, attributes } = readSpace(data, 'action_space')
  if (kind === 'Discrete') {
    const start = numpyArray(attributes.get('start'))?.values[0] ?? 0
    if (!Number.isSafeInteger(start)) throw corruptPolicy('has an impossible action space')
    return { kind: 'discrete', size: wholeNumber(attributes.get('n'), 'action'), start }
  }
  if (kind !== 'Box') {
    throw unsupportedPolicy(`acts in a ${kind} space; Discrete and Box are read`)
  }
  const size = boxSize(attributes)
  const low = bounds(attributes.get('low'), size)
  const high = bounds(attributes.get('high'), size)
  return { kind: 'continuous', size, low, high, squashed: squash }
}

function readSpace(data: Sb3Data, name: string): Space {
  const value = data.pickle(name, ALLOWED_NAMES.space)
  const parts = isKind(value, 'object') ? value.name.split('.') : []
  if (!isKind(value, 'object') || !parts.includes('spaces')) {
    throw corruptPolicy(`holds a "${name}" that is no space`)
  }
  return { kind: parts.at(-1) ?? '', attributes: attributesOf(value) }
}

/** As Stable-Baselines3 decides it: three axes of bytes from 0 to 255. */
function isImage(attributes: Space['attributes']): boolean {
  const axes = shapeOf(attributes.get('_shape') ?? attributes.get('shape')).length
  if (axes !== 3 || dtypeName(attributes.get('dtype')) !== 'u1') return false
  const low = numpyArray(attributes.get('low'))?.values
  const high = numpyArray(attributes.get('high'))?.values
  return (low?.every((value) => value === 0) ?? true) && (high?.every((v) => v === 255) ?? true)
}

function boxSize(attributes: Space['attributes']): number {
  const shape = attributes.get('_shape') ?? attributes.get('shape')
  return wholeNumber(product(shapeOf(shape)), 'box')
}

function bounds(value: PickleValue | undefined, size: number): Float32Array<ArrayBuffer> {
  const values = numpyArray(value)?.values
  if (values?.length !== size || values.some(Number.isNaN)) {
    throw corruptPolicy('has an action space whose bounds do not fit its shape')
  }
  return Float32Array.from(values)
}

function wholeNumber(value: PickleValue | undefined, what: string): number {
  const number = numpyArray(value)?.values[0] ?? 0
  if (!Number.isInteger(number) || number < 1 || number > SPACE_SIZE) {
    throw corruptPolicy(`has an ${what} space of impossible size`)
  }
  return number
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1)
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0)
}
