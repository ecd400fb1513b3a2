import { STATISTICS_BYTES } from '../../core/caps'
import type { Outcome } from '../../core/failure'
import { fileKind } from '../../core/file-kind'
import { ALLOWED_NAMES } from '../pickle/allowed-names'
import { numpyArray } from '../pickle/numpy-array'
import { attributesOf, isKind, type PickleValue } from '../pickle/pickle-value'
import { readPickle } from '../pickle/read-pickle'
import { Refusal, settle } from '../../core/refusal'
import type { ObservationNormalization } from './observation-normalization'
import { isRecord } from './sb3-data'
import { corruptPolicy, unsupportedPolicy } from './sb3-refusal'

const CLASS = 'stable_baselines3.common.vec_env.vec_normalize.VecNormalize'
const RUNNING_MEAN_STD = 'stable_baselines3.common.running_mean_std.RunningMeanStd'
/** Defaults of `VecNormalize`. */
const EPSILON = 1e-8
const CLIP = 10

interface Parts {
  readonly mean: Float64Array<ArrayBuffer> | null
  readonly variance: Float64Array<ArrayBuffer> | null
  readonly epsilon: number | undefined
  readonly clip: number | undefined
}

/**
 * Reads the statistics that stand beside a policy: what `VecNormalize.save` pickled, or JSON as
 * `{"mean": [...], "var": [...], "epsilon": 1e-8, "clip_obs": 10}`, the last two by default.
 * @param columns - numbers in one observation of the policy
 * @returns null where the file says that observations are not normalised, only rewards
 */
export function readVecNormalize(
  file: Blob,
  fileName: string,
  columns: number,
): Promise<Outcome<ObservationNormalization | null>> {
  return settle(fileName, async () => {
    if (file.size > STATISTICS_BYTES) throw tooLarge(file.size)
    const bytes = new Uint8Array(await file.arrayBuffer())
    const parts = bytes[0] === 0x80 ? pickledParts(bytes) : jsonParts(bytes)
    return parts === null ? null : checked(parts, columns)
  })
}

function pickledParts(bytes: Uint8Array<ArrayBuffer>): Parts | null {
  const value = readPickle(bytes, { allows: ALLOWED_NAMES.vecNormalize, persistent: false })
  if (!isKind(value, 'object') || value.name !== CLASS) throw foreign('is no saved VecNormalize')
  const attributes = attributesOf(value)
  if (attributes.get('norm_obs') === false) return null
  const statistics = attributes.get('obs_rms')
  if (isKind(statistics, 'dict')) {
    throw unsupportedPolicy('normalises observations of a Dict space')
  }
  if (!isKind(statistics, 'object') || statistics.name !== RUNNING_MEAN_STD) {
    throw corruptPolicy('holds no statistics of observations')
  }
  const running = attributesOf(statistics)
  return {
    mean: numpyArray(running.get('mean'))?.values ?? null,
    variance: numpyArray(running.get('var'))?.values ?? null,
    epsilon: numberOf(attributes.get('epsilon')),
    clip: numberOf(attributes.get('clip_obs')),
  }
}

function jsonParts(bytes: Uint8Array): Parts {
  const value = parsed(bytes)
  if (!isRecord(value)) throw foreign('holds no JSON object')
  const part = (name: string) => (Object.hasOwn(value, name) ? value[name] : undefined)
  return {
    mean: numbersOf(part('mean')),
    variance: numbersOf(part('var')),
    epsilon: optionalNumber(part('epsilon')),
    clip: optionalNumber(part('clip_obs')),
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw foreign(`is ${fileKind(bytes) ?? 'neither a pickle nor JSON'}`)
  }
}

function checked(parts: Parts, columns: number): ObservationNormalization {
  const { mean, variance, epsilon = EPSILON, clip = CLIP } = parts
  if (mean === null || variance === null) {
    throw corruptPolicy('holds no mean or no variance of the observations')
  }
  if (mean.length !== columns || variance.length !== columns) {
    throw new Refusal(
      'input-shape',
      `normalises observations of ${String(mean.length)} numbers, the policy takes ${String(columns)}`,
      'Choose the VecNormalize file that was saved with this policy.',
    )
  }
  const isSound =
    mean.every(Number.isFinite) &&
    variance.every((value) => Number.isFinite(value) && value >= 0 && value + epsilon > 0) &&
    epsilon >= 0 &&
    clip > 0
  if (!isSound) throw corruptPolicy('holds a mean, variance, epsilon or clip that is impossible')
  return { mean, variance, epsilon, clip }
}

function numberOf(value: PickleValue | undefined): number | undefined {
  return value === undefined ? undefined : (numpyArray(value)?.values[0] ?? NaN)
}

function optionalNumber(value: unknown): number | undefined {
  if (value === undefined) return undefined
  return typeof value === 'number' ? value : NaN
}

function numbersOf(value: unknown): Float64Array<ArrayBuffer> | null {
  if (!Array.isArray(value)) return null
  const numbers: readonly unknown[] = value
  return Float64Array.from(numbers, (item) => (typeof item === 'number' ? item : NaN))
}

function foreign(finding: string): Refusal {
  const advice = 'Choose the file that VecNormalize.save() wrote, or a JSON with "mean" and "var".'
  return new Refusal('model-foreign', finding, advice)
}

function tooLarge(bytes: number): Refusal {
  return new Refusal(
    'file-too-large',
    `has ${bytes.toLocaleString('en-GB')} bytes; statistics of VecNormalize have at most 16 MiB`,
    'Choose the file that VecNormalize.save() wrote.',
  )
}
