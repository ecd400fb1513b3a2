import { displayText } from '../../core/display-text'
import { fileKind } from '../../core/file-kind'
import type { Outcome } from '../../core/failure'
import { ALLOWED_NAMES } from '../pickle/allowed-names'
import { Refusal, settle } from '../../core/refusal'
import { openZip, type ZipArchive } from '../../archive/zip-archive'
import { zipLimitsOf } from '../../archive/zip-limits'
import { readClass } from './sb3-class'
import { Sb3Data } from './sb3-data'
import { isActorParameter, readNetwork } from './sb3-network'
import type { Sb3Policy } from './sb3-policy'
import { readPolicyKwargs } from './sb3-policy-kwargs'
import { readActionSpace, readObservationSpace } from './sb3-spaces'
import { readStateDict } from './torch-state-dict'

const HEAD_BYTES = 1024
const VERSION_FILE = '_stable_baselines3_version'
const READ_FIELDS = new Set(['policy_class', 'policy_kwargs', 'observation_space', 'action_space'])

/**
 * Reads a policy as Stable-Baselines3's or sb3-contrib's `model.save` wrote it: PPO, A2C and TRPO
 * with MlpPolicy, RecurrentPPO with MlpLstmPolicy. The file is judged by its content. Nothing from
 * it is executed: what holds code where an answer depends on it is refused, what holds code
 * elsewhere is left unopened and named in the warnings.
 */
export function readSb3Zip(file: Blob, fileName: string): Promise<Outcome<Sb3Policy>> {
  return settle(fileName, async () => {
    await checkHead(file)
    const archive = await openZip(file, zipLimitsOf(file))
    checkContents(archive)
    const data = Sb3Data.parse(await archive.read('data'), file)
    const { algorithm, policyClass, isRecurrent } = readClass(data)
    const { activation, squash } = readPolicyKwargs(data)
    const observation = readObservationSpace(data)
    const action = readActionSpace(data, squash)
    const weights = await readStateDict(await archive.read('policy.pth'), isActorParameter, file)
    const network = readNetwork(weights, observation.features, action.size, isRecurrent)
    const { isRounded, ...layers } = network
    return {
      fileName,
      algorithm,
      policyClass,
      libraryVersion: await readVersion(archive),
      observation,
      action,
      activation,
      ...layers,
      warnings: [
        ...(isRounded ? ['Weights of 64 bits are rounded to 32.'] : []),
        ...unopenedFields(data),
      ],
    }
  })
}

async function checkHead(file: Blob): Promise<void> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  if (head[0] === 0x50 && head[1] === 0x4b) return
  if (head.length === 0) {
    throw new Refusal('file-empty', 'is empty', 'Choose the file that model.save() wrote.')
  }
  throw foreign(`is no zip archive but ${fileKind(head) ?? 'something else'}`)
}

function checkContents({ entries }: ZipArchive): void {
  if (entries.has('data') && entries.has('policy.pth')) return
  const names = [...entries.keys()]
  if (names.some((name) => /^[^/]+\/data\.pkl$/.test(name))) {
    throw foreign('is a PyTorch file, as torch.save() and policy.save() write it')
  }
  if (names.some((name) => /\.zip$/i.test(name))) {
    throw foreign('holds archives within the archive, which are not opened')
  }
  throw foreign('holds no policy of Stable-Baselines3 ("data" and "policy.pth")')
}

function foreign(finding: string): Refusal {
  const advice = 'Choose the .zip that model.save() of Stable-Baselines3 wrote.'
  return new Refusal('model-foreign', finding, advice)
}

async function readVersion(archive: ZipArchive): Promise<string | null> {
  if (!archive.entries.has(VERSION_FILE)) return null
  const text = new TextDecoder().decode(await archive.read(VERSION_FILE))
  return displayText(text, 40) || null
}

/** Settings that hold code, as learning rate schedules of older versions do. */
function unopenedFields(data: Sb3Data): readonly string[] {
  return data.names
    .filter((name) => !READ_FIELDS.has(name) && data.isPickled(name))
    .flatMap((name) => {
      try {
        data.pickle(name, ALLOWED_NAMES.setting)
        return []
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return [
          `Its setting "${displayText(name, 80)}" ${error.finding}; the policy's answers do not depend on it.`,
        ]
      }
    })
}
