import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openZip } from '../../src/archive/zip-archive'
import { Refusal, settle } from '../../src/core/refusal'
import { readImageHeader } from '../../src/data/images/read-image-header'
import { readTensor } from '../../src/data/onnx/read-tensor'
import { readDataset } from '../../src/data/read-dataset'
import { ALLOWED_NAMES } from '../../src/models/pickle/allowed-names'
import { readPickle } from '../../src/models/pickle/read-pickle'
import { readModel } from '../../src/models/read-model'
import { readOnnx } from '../../src/models/read-onnx'
import { readVecNormalize } from '../../src/models/sb3/read-vec-normalize'
import { readFragment } from '../../src/report/link-fragment'
import { readReport } from '../../src/report/read-report'

export type Bytes = Uint8Array<ArrayBuffer>

/** A parser, and files to begin with. */
export interface FuzzTarget {
  readonly name: string
  readonly seeds: readonly Bytes[]
  /** Rejects where the parser does what it must not: throw anything but a refusal. */
  readonly run: (bytes: Bytes) => Promise<void>
}

/** Larger files cost time and hold no more structure. */
const SEED_BYTES = 16_384

const FILES = filesOf('test/fixtures')
const datasets = (...endings: readonly string[]): FuzzTarget['seeds'] =>
  FILES.filter(({ path }) => endings.some((ending) => path.endsWith(ending))).map(
    ({ bytes }) => bytes,
  )

const text = (content: string): Bytes => new TextEncoder().encode(content)
const table = (name: string, seeds: FuzzTarget['seeds']): FuzzTarget => ({
  name,
  seeds,
  run: async (bytes) =>
    checkOutcome(await readDataset(new File([bytes], 'any'), 'd', () => undefined)),
})

const FRAGMENTS = ['#result/1/eJyrVgIAALsAeQ.00000000', '#comparison/1/AAAA.00000000', '#main']

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  table('csv', [...datasets('.csv', '.tsv'), text('a;b\r\n1,5;"x\n""y"\r\n2,5;\n'), text('')]),
  table('json', datasets('.json', '.jsonl')),
  table('numpy', datasets('.npy')),
  table('npz', datasets('.npz')),
  table('idx', [...datasets('ubyte', '.idx'), Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)]),
  table('parquet', datasets('.parquet')),
  table('arrow', datasets('.arrow', '.arrows')),
  table('gzip', datasets('.gz')),
  {
    name: 'onnx',
    seeds: datasets('.onnx'),
    run: (bytes) => Promise.resolve(checkOutcome(readOnnx(bytes, 'any'))),
  },
  {
    name: 'ort',
    seeds: datasets('.ort'),
    run: (bytes) => Promise.resolve(checkOutcome(readOnnx(bytes, 'any'))),
  },
  {
    name: 'tensor',
    seeds: datasets('.pb'),
    run: async (bytes) => checkOutcome(await settle('any', () => readTensor(bytes))),
  },
  {
    name: 'image',
    seeds: datasets('.png', '.jpg', '.webp', '.gif', '.svg'),
    run: (bytes) => {
      const header = readImageHeader(bytes)
      if ('finding' in header && header.finding === '') throw new Error('no finding')
      return Promise.resolve()
    },
  },
  {
    name: 'sb3',
    seeds: datasets('.zip'),
    run: async (bytes) => checkOutcome(await readModel(new File([bytes], 'any'))),
  },
  {
    name: 'zip',
    seeds: datasets('.zip', '.npz'),
    run: async (bytes) =>
      checkOutcome(
        await settle('any', async () => {
          const archive = await openZip(bytes)
          for (const name of archive.entries.keys()) await archive.read(name)
        }),
      ),
  },
  { name: 'pickle', seeds: pickles(), run: (bytes) => Promise.resolve(runPickle(bytes)) },
  {
    name: 'statistics',
    seeds: [...pickles(), text('{"mean":[1,2],"var":[3,4],"clip_obs":10}')],
    run: async (bytes) => checkOutcome(await readVecNormalize(new Blob([bytes]), 'any', 2)),
  },
  {
    name: 'report',
    seeds: [text('{"schema":"bakeoff-report/1"}'), text('<!doctype html><template></template>')],
    run: (bytes) => Promise.resolve(checkOutcome(readReport(bytes, 'any'))),
  },
  {
    name: 'link',
    seeds: FRAGMENTS.map(text),
    run: (bytes) => {
      const read = readFragment(new TextDecoder().decode(bytes))
      if (read !== null) checkOutcome(read)
      return Promise.resolve()
    },
  },
]

function runPickle(bytes: Bytes): void {
  const allows = (name: string) => ALLOWED_NAMES.vecNormalize(name) || ALLOWED_NAMES.setting(name)
  try {
    readPickle(bytes, { allows, persistent: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

/** A failure of ours says what and what to do; `internal` is a bug. */
function checkOutcome(
  outcome: { readonly ok: true } | { readonly ok: false; readonly failure: Refused },
): void {
  if (outcome.ok) return
  const { code, message, advice } = outcome.failure
  if (code === 'internal' || message === '' || advice === '') throw new Error(`${code}: ${message}`)
}

interface Refused {
  readonly code: string
  readonly message: string
  readonly advice: string
}

function pickles(): readonly Bytes[] {
  const reference = JSON.parse(readFileSync('test/reference/pickles.numpy.json', 'utf8')) as {
    readonly spaces: Readonly<Record<string, string>>
    readonly vecNormalize: { readonly pickle: string }
  }
  const texts = [...Object.values(reference.spaces), reference.vecNormalize.pickle]
  return texts.map((base64) => Uint8Array.from(Buffer.from(base64, 'base64')))
}

function filesOf(folder: string): readonly { readonly path: string; readonly bytes: Bytes }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= SEED_BYTES)
    .map((path) => ({ path, bytes: Uint8Array.from(readFileSync(path)) }))
}
