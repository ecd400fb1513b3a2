import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { ALLOWED_NAMES } from '../../../../src/models/pickle/allowed-names'
import { numpyArray } from '../../../../src/models/pickle/numpy-array'
import { readPickle } from '../../../../src/models/pickle/read-pickle'
import { Refusal } from '../../../../src/models/refusal'
import { openZip } from '../../../../src/models/zip/zip-archive'
import { op } from '../../../fixtures/pickle-builder'
import { concat } from '../../../fixtures/zip-builder'
import { byteChanges, changeBytes } from '../change-bytes'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from '../fuzz-runs'
import { policyBytes } from '../sb3/read-policy'

const reference = JSON.parse(
  readFileSync(new URL('../../../reference/pickles.numpy.json', import.meta.url), 'utf8'),
) as { spaces: Record<string, string>; vecNormalize: { pickle: string } }
const texts = [...Object.values(reference.spaces), reference.vecNormalize.pickle]
const real: Uint8Array[] = texts.map((text) => new Uint8Array(Buffer.from(text, 'base64')))

beforeAll(async () => {
  const archive = await openZip(policyBytes('odd_tensors.pth'))
  const name = [...archive.entries.keys()].find((path) => path.endsWith('data.pkl')) ?? ''
  real.push(await archive.read(name))
})

/** Names that were let through; nothing else may stand in a value. */
const allows = (name: string) => ALLOWED_NAMES.vecNormalize(name) || ALLOWED_NAMES.stateDict(name)
const prototypeKeys = Reflect.ownKeys(Object.prototype).length
/** Any opcode finds this if it ever looks a name up or evaluates text. */
let looks = 0
Object.defineProperty(globalThis, 'posix', {
  get: () => {
    looks++
    return undefined
  },
})

/** Any answer is right, as long as it is one: data, or a refusal that says something. */
function isAnswer(bytes: Uint8Array<ArrayBuffer>): void {
  try {
    numpyArray(readPickle(bytes, { allows, persistent: true }))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.finding.length).toBeGreaterThan(10)
    expect(error.finding.length).toBeLessThan(200)
  }
  expect(looks).toBe(0)
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(prototypeKeys)
}

/** Opcodes with arguments, in any order, calls and names of all kinds among them. */
const opcode: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constantFrom(
    ...Object.values(op).filter(
      (value): value is Uint8Array<ArrayBuffer> => typeof value !== 'function',
    ),
  ),
  fc.constantFrom('posix', 'system', 'collections', 'OrderedDict', '__proto__', '').map(op.text),
  fc.constantFrom(
    op.global('posix', 'system'),
    op.global('collections', 'OrderedDict'),
    op.global('numpy', 'dtype'),
    op.global('numpy.core.multiarray', 'scalar'),
  ),
  fc.integer().map(op.int),
  fc.nat(6).map(op.get),
  fc.nat(6).map(op.put),
  fc.uint8Array({ minLength: 1, maxLength: 3 }),
)

/** Opcodes that data are made of, so that long programs come through. */
const harmless = fc.oneof(
  fc.constantFrom(
    op.none,
    op.mark,
    op.emptyTuple,
    op.tuple,
    op.emptyList,
    op.emptyDict,
    op.memoize,
  ),
  fc.constantFrom(op.tuple1, op.append, op.appends, op.setItems, op.reduce, op.build),
  fc.constant(op.global('collections', 'OrderedDict')),
  fc.constantFrom('a', '__proto__').map(op.text),
)

describe('readPickle never throws anything but a refusal, and runs nothing', () => {
  it(
    'on any bytes',
    () => {
      const prefix = fc.constantFrom(
        Uint8Array.of(0x80, 2),
        Uint8Array.of(0x80, 5),
        new Uint8Array(),
      )
      const property = fc.property(prefix, fc.uint8Array({ maxLength: 200 }), (front, rest) => {
        isAnswer(concat([front, rest]))
      })
      fc.assert(property, fuzzRuns(3000))
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'on real pickles with bytes changed, moved and cut',
    () => {
      const property = fc.property(fc.nat(), byteChanges, (which, changes) => {
        isAnswer(changeBytes(real[which % real.length] ?? new Uint8Array(1), changes))
      })
      fc.assert(property, fuzzRuns(5000))
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'on programs of opcodes in any order',
    () => {
      const program = fc.oneof(
        fc.array(opcode, { maxLength: 30 }),
        fc.array(harmless, { maxLength: 60 }),
      )
      const property = fc.property(program, (opcodes) => {
        isAnswer(concat([op.proto(4), ...opcodes, op.stop]))
      })
      fc.assert(property, fuzzRuns(5000))
    },
    FUZZ_TIMEOUT_MS,
  )
})
