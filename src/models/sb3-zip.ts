import { ContentHash } from '../core/content-hash'
import { displayText, quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { ModelFile, ModelFormat, ReadModel } from './model-format'
import { readOnnx } from './read-onnx'
import type { ObservationNormalization } from './sb3/observation-normalization'
import { readSb3Zip } from './sb3/read-sb3-zip'
import { readVecNormalize } from './sb3/read-vec-normalize'
import type { Sb3Policy } from './sb3/sb3-policy'
import { sb3ToOnnx } from './sb3/sb3-to-onnx'

/** "PK", as every zip archive and no graph begins. */
const ZIP = [0x50, 0x4b]

/** A policy as Stable-Baselines3 saves it. */
export const sb3Zip: ModelFormat = {
  accepts: (head) => ZIP.every((byte, place) => head[place] === byte),
  read: (file, { sideCar }) => readPolicy(file, sideCar),
}

/**
 * Reads a policy of Stable-Baselines3 into a header and an ONNX graph that answers as it does. Bytes,
 * hash and names are the zip's, all else is the graph's.
 * @param sideCar the statistics of `VecNormalize` that the policy was trained with; null for none. They
 *   become a part of the hash, for they change the answers
 */
async function readPolicy(file: ModelFile, sideCar: ModelFile | null): Promise<Outcome<ReadModel>> {
  const policy = await readSb3Zip(file, file.name)
  if (!policy.ok) return policy
  const scaling = await readScaling(policy.value, sideCar)
  if (!scaling.ok) return scaling
  const { normalization, sentence } = scaling.value
  const form = policy.value.lstm === null ? 'step' : 'sequence'
  const graph = sb3ToOnnx(policy.value, { form, normalization })
  const header = readOnnx(graph, file.name)
  if (!header.ok) return header
  if (header.value.policy === null) return unreadableAction(file.name, policy.value)
  return success({
    header: {
      ...header.value,
      name: displayText(file.name.replace(/^.*[\\/]/su, '').replace(/\.zip$/iu, '')),
      format: 'sb3-zip',
      bytes: file.size,
      sha256: await hashOf(sideCar === null ? [file] : [file, sideCar]),
      producer: producerOf(policy.value),
      parameters: policy.value.parameters,
      warnings: [sentence, ...policy.value.warnings, ...header.value.warnings],
    },
    runnable: new Blob([graph]),
  })
}

async function readScaling(
  { observation }: Sb3Policy,
  sideCar: ModelFile | null,
): Promise<
  Outcome<{ readonly normalization: ObservationNormalization | null; readonly sentence: string }>
> {
  if (sideCar === null) {
    const sentence =
      'Reads observations as the data has them; if it was trained with VecNormalize, drop the .pkl of its statistics too.'
    return success({ normalization: null, sentence })
  }
  const read = await readVecNormalize(sideCar, sideCar.name, observation.columns)
  if (!read.ok) return read
  const file = quoted(sideCar.name)
  const sentence =
    read.value === null
      ? `Reads observations as the data has them, as ${file} says.`
      : `Observations are normalised with the statistics of ${file} and clipped to ±${String(read.value.clip)}.`
  return success({ normalization: read.value, sentence })
}

function unreadableAction(fileName: string, { action }: Sb3Policy): Outcome<never> {
  const what =
    action.kind === 'continuous'
      ? `acts with ${String(action.size)} numbers at a time`
      : `chooses among ${String(action.size)} actions`
  return failed(
    'model-unsupported',
    `${quoted(fileName)} ${what}; one number, or 2 to 64 actions, are read.`,
    'Choose a policy that trades one market.',
  )
}

function producerOf({ libraryVersion, algorithm }: Sb3Policy): ModelInfo['producer'] {
  return `stable-baselines3 ${libraryVersion ?? ''}`.trimEnd() + ` · ${algorithm}`
}

async function hashOf(files: readonly Blob[]): Promise<string> {
  const hash = new ContentHash()
  for (const file of files) {
    const reader = file.stream().getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      hash.update(value)
    }
  }
  return hash.digest()
}
