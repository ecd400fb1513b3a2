import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { RandomGenerator } from '../../../src/statistics/random-generator'
import { FUZZ_TARGETS, type Bytes } from '../../fuzz/fuzz-targets'
import { mutate } from '../../fuzz/mutate'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from '../models/fuzz-runs'

/** Inputs of one run of the property: making one by fast-check takes longer than to read it. */
const INPUTS = 100
/** Larger files hold no more structure and take longer. */
const SEED_BYTES = 1500

const text = (content: string): Bytes => new TextEncoder().encode(content)
/** Files so small that most changes meet structure. */
const SMALL: Readonly<Record<string, readonly Bytes[]>> = {
  csv: [text('a,b\n1,x\n2.5,"y ""z"""\n,\n'), text('a;b\r\n1,5;"x\n"\r\n2,5;NA\n')],
  json: [
    text('[{"a":1,"b":"x"},{"a":null,"c":{"d":[1,2]}}]'),
    text('{"a":1}\n{"a":2.5,"b":"x"}\n'),
    text('{"columns":["a"],"data":[[1],[2]]}'),
  ],
  gzip: ['a,b\n1,2\n', '{"a":1}\n'].map((content) => Uint8Array.from(gzipSync(content))),
}

/**
 * Inputs per parser. 100 000 where a parser takes some microseconds for one; those that read a whole
 * file through its slices take half a millisecond, and get as many as some seconds allow. `npm run fuzz
 * -- --inputs 100000` gives all of them as many.
 */
const COUNTS: Readonly<Record<string, number>> = {
  onnx: 100_000,
  ort: 100_000,
  statistics: 100_000,
  report: 100_000,
  link: 100_000,
  image: 100_000,
  tensor: 100_000,
  json: 20_000,
  npz: 10_000,
  numpy: 10_000,
  idx: 10_000,
  gzip: 10_000,
  csv: 10_000,
  parquet: 8_000,
  arrow: 6_000,
}

/** Zip, pickle and SB3 have generators of their own, in `archive/` and `models/`. */
const PARSERS = FUZZ_TARGETS.filter(({ name }) => name in COUNTS)

it('has a property for every parser that the fuzzer knows', () => {
  const others = FUZZ_TARGETS.map(({ name }) => name).filter((name) => !(name in COUNTS))
  expect(others).toEqual(['sb3', 'zip', 'pickle'])
})

describe.each(PARSERS)('the $name parser', ({ name, seeds, run }) => {
  const small = SMALL[name] ?? seeds.filter(({ length }) => length <= SEED_BYTES)
  const files = small.length > 0 ? small : seeds

  it(
    `reads or refuses ${(COUNTS[name] ?? 0).toLocaleString('en-GB')} damaged files, and throws nothing`,
    async () => {
      const property = fc.asyncProperty(fc.nat(2 ** 31 - 1), async (seed) => {
        const random = new RandomGenerator(seed)
        for (let input = 0; input < INPUTS; input += 1) {
          const bytes = mutate(pick(files, random), pick(files, random), random)
          await run(bytes).catch((error: unknown) => {
            throw new Error(`an input in base64: ${Buffer.from(bytes).toString('base64')}`, {
              cause: error,
            })
          })
        }
      })
      const { numRuns } = fuzzRuns(COUNTS[name] ?? 0)
      await fc.assert(property, { numRuns: Math.ceil(numRuns / INPUTS) })
    },
    FUZZ_TIMEOUT_MS,
  )
})

function pick(files: readonly Bytes[], random: RandomGenerator): Bytes {
  const file = files[random.nextBelow(files.length)]
  if (file === undefined) throw new Error('there is no file to begin with')
  return file
}
