import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settle } from '../../../src/core/refusal'
import { openZip } from '../../../src/archive/zip-archive'
import { utf8, zipFile, type ZipFields, type ZipPart } from '../../fixtures/zip-builder'
import { byteChanges, changeBytes } from '../models/change-bytes'
import { Depth, FUZZ_TIMEOUT_MS, fuzzRuns } from '../models/fuzz-runs'

const TEXT = utf8('some text, some text, some text')
const honest = [
  zipFile([
    { name: 'data', bytes: TEXT },
    { name: 'b', bytes: TEXT, method: 8 },
  ]),
  zipFile([{ name: 'a/b', bytes: TEXT, flags: 8, local: { crc32: 0, bytes: 0, packedBytes: 0 } }], {
    zip64: true,
  }),
]

/** Either a refusal that says something, or the very bytes that were put in. */
async function isAnswer(bytes: Uint8Array<ArrayBuffer>, depth: Depth): Promise<void> {
  let isOpen = false
  const outcome = await settle('any.zip', async () => {
    const archive = await openZip(bytes)
    const names = [...archive.entries.keys()]
    isOpen = names.length > 0
    return Promise.all(names.map((name) => archive.read(name)))
  })
  depth.note(isOpen)
  if (outcome.ok) {
    for (const file of outcome.value) expect(file).toEqual(TEXT)
  } else {
    expect(outcome.failure.message).toContain('"any.zip"')
    expect(outcome.failure.advice).not.toBe('')
  }
}

const odd = fc.oneof(
  fc.constantFrom(0, 1, TEXT.length, 0xffff, 0xffffffff, 2 ** 31, 129 * 2 ** 20),
  fc.nat(200),
)
const fields = fc.record<Partial<ZipFields>>(
  {
    crc32: odd,
    packedBytes: odd,
    bytes: odd,
    method: fc.constantFrom(0, 8, 9, 99),
    flags: fc.nat(0xffff),
    offset: odd,
  },
  { requiredKeys: [] },
)
const part: fc.Arbitrary<ZipPart> = fc
  .record({
    name: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e') },
      { weight: 1, arbitrary: fc.constantFrom('A', '../a', '/a', 'C:a', '') },
      { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
    ),
    method: fc.constantFrom(0, 8),
    central: fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fields }),
    local: fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fields }),
    extra: fc.oneof(
      { weight: 5, arbitrary: fc.constant(new Uint8Array()) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 24 }) },
    ),
  })
  .map((lies) => ({ bytes: TEXT, ...lies }))

describe('openZip gives what was put in, or a refusal', () => {
  it(
    'for any bytes',
    async () => {
      const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) =>
        isAnswer(Uint8Array.from(bytes), new Depth()),
      )
      await fc.assert(property, fuzzRuns(10_000))
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'for archives with bytes changed, moved and cut',
    async () => {
      const depth = new Depth()
      const property = fc.asyncProperty(fc.constantFrom(...honest), byteChanges, (zip, changes) =>
        isAnswer(changeBytes(zip, changes), depth),
      )
      await fc.assert(property, fuzzRuns(45_000))
      expect(depth.share).toBeGreaterThan(0.2)
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'for archives whose headers lie',
    async () => {
      const depth = new Depth()
      const property = fc.asyncProperty(
        fc.oneof(
          { weight: 4, arbitrary: fc.uniqueArray(part, { maxLength: 5, selector: (p) => p.name }) },
          { weight: 1, arbitrary: fc.array(part, { maxLength: 5 }) },
        ),
        fc.oneof(
          { weight: 4, arbitrary: fc.record({ zip64: fc.boolean() }) },
          { weight: 1, arbitrary: fc.record({ entries: fc.nat(6), zip64: fc.boolean() }) },
        ),
        (parts, options) => isAnswer(zipFile(parts, options), depth),
      )
      await fc.assert(property, fuzzRuns(45_000))
      expect(depth.share).toBeGreaterThan(0.15)
    },
    FUZZ_TIMEOUT_MS,
  )
})
