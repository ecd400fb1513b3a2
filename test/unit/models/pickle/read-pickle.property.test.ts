import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { ALLOWED_NAMES } from '../../../../src/models/pickle/allowed-names'
import { numpyArray } from '../../../../src/models/pickle/numpy-array'
import { readPickle } from '../../../../src/models/pickle/read-pickle'
import { Refusal } from '../../../../src/core/refusal'
import { openZip } from '../../../../src/archive/zip-archive'
import { op } from '../../../fixtures/pickle-builder'
import { concat } from '../../../fixtures/zip-builder'
import { byteChanges, changeBytes } from '../change-bytes'
import { Depth, FUZZ_TIMEOUT_MS, fuzzRuns } from '../fuzz-runs'
import { policyBytes } from '../sb3/read-policy'
import { trapModules } from './trap-modules'

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
const { looks } = trapModules()

/** Any answer is right, as long as it is one: data, or a refusal that says something. */
function isAnswer(bytes: Uint8Array<ArrayBuffer>, depth: Depth): void {
  let isData = false
  try {
    const value = readPickle(bytes, { allows, persistent: true })
    isData = true
    numpyArray(value)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.finding.length).toBeGreaterThan(10)
    expect(error.finding.length).toBeLessThan(200)
  }
  depth.note(isData)
  expect(looks()).toBe(0)
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

/** Data as Python writes them: lists, dicts, tuples and calls within each other. */
const { data } = fc.letrec<{ leaf: Uint8Array[]; data: Uint8Array[] }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(op.none, op.emptyTuple, op.emptyList, op.emptyDict).map((one) => [one]),
    fc.constantFrom('a', 'b', '__proto__').map((text) => [op.text(text)]),
    fc.integer().map((value) => [op.int(value)]),
  ),
  data: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc
      .array(tie('data'), { maxLength: 4 })
      .map((items) => [op.emptyList, op.memoize, op.mark, ...items.flat(), op.appends]),
    fc
      .array(fc.tuple(fc.constantFrom('a', '__proto__').map(op.text), tie('data')), {
        maxLength: 3,
      })
      .map((pairs) => [
        ...[op.emptyDict, op.mark],
        ...pairs.flatMap(([key, value]) => [key, ...value]),
        op.setItems,
      ]),
    tie('data').map((item) => [...item, op.tuple1]),
    fc.constant<Uint8Array[]>([
      ...[op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce],
    ]),
  ),
}))

/** Such data with nothing wrong, or an opcode put in, taken out or put in place of another. */
const disturbed = fc
  .tuple(data, fc.option(fc.tuple(fc.nat(), fc.nat(1), fc.option(opcode)), { freq: 2 }))
  .map(([opcodes, change]) => {
    if (change === null) return opcodes
    const [at, removed, added] = change
    return opcodes.toSpliced(at % opcodes.length, removed, ...(added === null ? [] : [added]))
  })

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
        isAnswer(concat([front, rest]), new Depth())
      })
      fc.assert(property, fuzzRuns(20_000))
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'on real pickles with bytes changed, moved and cut',
    () => {
      const depth = new Depth()
      const property = fc.property(fc.nat(), byteChanges, (which, changes) => {
        isAnswer(changeBytes(real[which % real.length] ?? new Uint8Array(1), changes), depth)
      })
      fc.assert(property, fuzzRuns(40_000))
      expect(depth.share).toBeGreaterThan(0.12)
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'on programs of opcodes, in any order and nearly right',
    () => {
      const program = fc.oneof(
        { weight: 1, arbitrary: fc.array(opcode, { maxLength: 30 }) },
        { weight: 2, arbitrary: disturbed },
      )
      const depth = new Depth()
      const property = fc.property(program, (opcodes) => {
        isAnswer(concat([op.proto(4), ...opcodes, op.stop]), depth)
      })
      fc.assert(property, fuzzRuns(40_000))
      expect(depth.share).toBeGreaterThan(0.35)
    },
    FUZZ_TIMEOUT_MS,
  )
})
