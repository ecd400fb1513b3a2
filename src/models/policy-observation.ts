import type { Dimension, PolicyInfo, ValueInfo } from '../core/model'
import { nameWords } from './name-words'

export interface PolicyObservation {
  readonly width: number
  readonly axes: PolicyInfo['axes']
  readonly hasFreeBatch: boolean
  /** Whether any number of bars can be given in one run. */
  readonly hasFreeTime: boolean
}

const OBSERVATIONS = new Set(['obs', 'observation', 'observations'])
const TIMES = new Set(
  't time times timestep timesteps seq sequence step steps bars length len'.split(' '),
)
const BATCHES = new Set('b n batch batches'.split(' '))

export function isObservationName(name: string): boolean {
  return nameWords(name).some((word) => OBSERVATIONS.has(word))
}

export function isBatchName(dimension: Dimension): boolean {
  return hasWord(dimension, BATCHES)
}

/**
 * Reads [batch, n], [batch, time, n] or [time, batch, n]; null for any other shape. Which of two axes is
 * the batch is told by the axes' names and by the batch of the states. Where nothing tells, the model is
 * led one bar and one window at a time, which is right either way.
 * @param batches sizes or names of the batch axis of each state
 */
export function findObservation(
  { shape }: ValueInfo,
  batches: readonly Dimension[],
): PolicyObservation | null {
  const width = shape?.at(-1)
  if (shape === null || typeof width !== 'number' || width < 1) return null
  const [first = null, second = null] = shape
  if (shape.length === 2) {
    if (!isOneOrFree(first)) return null
    return { width, axes: 'batch', hasFreeBatch: isFree(first), hasFreeTime: false }
  }
  if (shape.length !== 3 || !isOneOrFree(first) || !isOneOrFree(second)) return null
  const isBatch = (axis: Dimension) =>
    isBatchName(axis) || (typeof axis === 'string' && batches.includes(axis))
  const isTime = (axis: Dimension) => hasWord(axis, TIMES)
  if (isTime(second) || isBatch(first)) {
    if (isTime(first) || isBatch(second)) return unknownOrder(width)
    return {
      width,
      axes: 'batch,time',
      hasFreeBatch: isFree(first),
      hasFreeTime: isFree(second),
    }
  }
  if (isTime(first) || isBatch(second)) {
    return {
      width,
      axes: 'time,batch',
      hasFreeBatch: isFree(second),
      hasFreeTime: isFree(first),
    }
  }
  return unknownOrder(width)
}

function unknownOrder(width: number): PolicyObservation {
  return { width, axes: 'batch,time', hasFreeBatch: false, hasFreeTime: false }
}

/** Other fixed sizes would take bars or windows by the dozen. */
function isOneOrFree(size: Dimension): boolean {
  return size === 1 || isFree(size)
}

function isFree(size: Dimension): boolean {
  return typeof size !== 'number'
}

function hasWord(dimension: Dimension, words: ReadonlySet<string>): boolean {
  return typeof dimension === 'string' && nameWords(dimension).some((word) => words.has(word))
}
