import type { Dimension, PolicyInfo, ValueInfo } from '../core/model'
import { findAnswer, isAnswerName } from './policy-answer'
import { findObservation, isObservationName } from './policy-observation'
import { pairStates } from './policy-states'

/** The part of a header that tells a policy from other models. */
export interface Interface {
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
}

/**
 * How a graph is led from bar to bar as a policy; null where it is none. Every input must be known: one
 * observation, and states, each with an output of its own shape that holds it for the next bar. A model
 * without states is a policy only where it calls its input an observation and its output an action, for
 * every classifier looks like one otherwise.
 */
export function policyInfo({ inputs, outputs }: Interface): PolicyInfo | null {
  if (!inputs.every(isFloatTensor)) return null
  const states = pairStates(inputs, outputs)
  if (states === null) return null
  const [input, ...others] = inputs.filter(({ name }) => !states.some((s) => s.input === name))
  if (input === undefined || others.length > 0) return null
  const answers = outputs.filter(({ name }) => !states.some((s) => s.output === name))
  const isNamed = isObservationName(input.name)
  if (states.length === 0 && !(isNamed && answers.some(({ name }) => isAnswerName(name)))) {
    return null
  }
  const batches = states.map(({ input: name, batchAxis }) => dimensionAt(inputs, name, batchAxis))
  const observation = findObservation(input, batches)
  if (observation === null || (states.length === 0 && observation.axes !== 'batch')) return null
  const answer = findAnswer(answers, observation.axes)
  if (answer === null) return null
  const { answersEveryBar, ...found } = answer
  return {
    observation: input.name,
    observationWidth: observation.width,
    axes: observation.axes,
    answersEveryBar: answersEveryBar && observation.hasFreeTime,
    states,
    ...found,
    hasFreeBatch: observation.hasFreeBatch && !batches.some((size) => typeof size === 'number'),
  }
}

function isFloatTensor({ type, isTensor }: ValueInfo): boolean {
  return isTensor && type === 'float32'
}

function dimensionAt(inputs: readonly ValueInfo[], name: string, axis: number): Dimension {
  return inputs.find((input) => input.name === name)?.shape?.[axis] ?? null
}
