import { describe, expect, it } from 'vitest'
import { settle } from '../../../src/core/refusal'
import { openZip, type ZipArchive } from '../../../src/archive/zip-archive'
import { ZIP_LIMITS } from '../../../src/archive/zip-limits'
import { concat, numbers, utf8, zipFile, type ZipPart } from '../../fixtures/zip-builder'
import { timed } from '../cpu-time'

const TEXT = utf8('some text, some text, some text')
const part = (name: string, changes: Partial<ZipPart> = {}): ZipPart => ({
  name,
  bytes: TEXT,
  ...changes,
})

/** Opens and reads everything; from a Blob, as dropped files are, and from memory. */
async function readAll(bytes: Uint8Array<ArrayBuffer>) {
  const read = async (archive: ZipArchive) => {
    const files = new Map<string, Uint8Array>()
    for (const name of archive.entries.keys()) files.set(name, await archive.read(name))
    return files
  }
  const fromBlob = await settle('x.zip', async () => read(await openZip(new Blob([bytes]))))
  const fromMemory = await settle('x.zip', async () => read(await openZip(bytes)))
  expect(fromMemory).toEqual(fromBlob)
  return fromBlob
}

async function refusal(bytes: Uint8Array<ArrayBuffer>) {
  const { value: outcome, spent } = await timed(() => readAll(bytes))
  // Two seconds for each of the two readings.
  expect(spent).toBeLessThan(4000)
  if (outcome.ok) throw new Error('was read')
  expect(outcome.failure.message).toContain('"x.zip"')
  expect(outcome.failure.advice).not.toBe('')
  return outcome.failure
}

describe('openZip reads', () => {
  it.each([
    ['stored and deflated entries', zipFile([part('a'), part('b/c.txt', { method: 8 })])],
    ['a comment', zipFile([part('a'), part('b/c.txt')], { comment: utf8('hello') })],
    ['a zip64 end record', zipFile([part('a'), part('b/c.txt')], { zip64: true })],
    [
      'sizes behind the data',
      zipFile([
        part('a', { flags: 8, local: { crc32: 0, bytes: 0, packedBytes: 0 } }),
        part('b/c.txt', { flags: 8, method: 8, local: { crc32: 0, bytes: 0, packedBytes: 0 } }),
      ]),
    ],
    [
      'sizes in a zip64 field of the local header',
      zipFile([
        part('a', {
          local: { bytes: 0xffffffff, packedBytes: 0xffffffff },
          extra: numbers([2, 1], [2, 16], [8, TEXT.length], [8, TEXT.length]),
        }),
        part('b/c.txt'),
      ]),
    ],
  ])('%s', async (_, bytes) => {
    const outcome = await readAll(bytes)
    expect(outcome).toEqual({
      ok: true,
      value: new Map([
        ['a', TEXT],
        ['b/c.txt', TEXT],
      ]),
    })
  })

  it('names beyond ASCII', async () => {
    const outcome = await readAll(zipFile([part('Größe/データ', { flags: 0x800 })]))
    expect(outcome.ok && [...outcome.value.keys()]).toEqual(['Größe/データ'])
  })

  it('__proto__ as a name like any other', async () => {
    const outcome = await readAll(zipFile([part('__proto__'), part('constructor')]))
    expect(outcome.ok && [...outcome.value.keys()]).toEqual(['__proto__', 'constructor'])
  })

  it('an empty entry and an empty archive', async () => {
    const outcome = await readAll(zipFile([part('folder/', { bytes: new Uint8Array() })]))
    expect(outcome.ok && outcome.value.get('folder/')).toHaveLength(0)
    expect(await readAll(zipFile([]))).toEqual({ ok: true, value: new Map() })
  })
})

const zeros = (bytes: number) => new Uint8Array(bytes)
const MIB = 2 ** 20

describe('openZip refuses as unsafe', () => {
  it.each([
    [
      'F46 a flat bomb',
      zipFile([part('a', { bytes: zeros(20 * MIB), method: 8 })]),
      'more than 100 times',
    ],
    [
      'F46 an entry beyond the cap',
      zipFile([part('a', { central: { bytes: 129 * MIB, packedBytes: 129 * MIB } })]),
      'would take 135,266,304 bytes, at most 134,217,728 are read',
    ],
    [
      'F46 entries beyond the cap together',
      zipFile(
        Array.from({ length: 5 }, (_, index) =>
          part(`f${String(index)}`, {
            method: 8,
            central: { bytes: 120 * MIB, packedBytes: 2 * MIB },
          }),
        ),
      ),
      'its files in it would take',
    ],
    [
      'F50 more entries than are read',
      zipFile([part('a')], { entries: 1_000_000, zip64: true }),
      '1,000,000 files, at most 4,096',
    ],
    [
      'fewer entries than its directory holds',
      zipFile([part('a'), part('b')], { entries: 1 }),
      'longer than the files that it counts',
    ],
    ['a stored entry with two sizes', zipFile([part('a', { central: { bytes: 3 } })]), 'two sizes'],
    [
      'F49 a lie about the unpacked size, too small',
      zipFile([part('a', { method: 8, central: { bytes: TEXT.length - 3 } })]),
      'unpacks to more than it declares',
    ],
    [
      'F49 a lie about the unpacked size, too large',
      zipFile([part('a', { method: 8, central: { bytes: TEXT.length + 3 } })]),
      'unpacks to less than it declares',
    ],
    [
      'F46, F49 a bomb that declares little',
      zipFile([part('a', { bytes: zeros(64 * MIB), method: 8, central: { bytes: MIB } })]),
      'unpacks to more than it declares',
    ],
    [
      'F47 overlapping entries',
      zipFile([part('a'), part('b', { central: { offset: 10 } })]),
      'overlaps',
    ],
    [
      'F47 two names for one entry',
      zipFile([part('a'), part('b', { central: { offset: 0 }, local: { offset: 0 } })]),
      'overlaps',
    ],
    [
      'F47 an entry that reaches into the directory',
      zipFile([part('a', { central: { bytes: 40, packedBytes: 40 } })]),
      'overlaps',
    ],
    [
      'F48 another name in the local header',
      zipFile([part('a', { local: { name: 'b' } })]),
      'says other things of itself',
    ],
    [
      'F48 another size in the local header',
      zipFile([part('a', { local: { bytes: 5 } })]),
      'says other things of itself',
    ],
    [
      'F48 another method in the local header',
      zipFile([part('a', { local: { method: 8 } })]),
      'says other things of itself',
    ],
    [
      'F48 another checksum in the local header',
      zipFile([part('a', { local: { crc32: 1 } })]),
      'says other things of itself',
    ],
    [
      'F48 other flags in the local header',
      zipFile([part('a', { local: { flags: 2 } })]),
      'says other things of itself',
    ],
    [
      'F48 end records that disagree',
      zipFile([part('a')], { zip64: true, shortEntries: 2 }),
      'its two end records disagree',
    ],
    [
      'F55 something in front, as a polyglot has',
      zipFile([part('a')], { before: utf8('%PDF-1.7') }),
      'in front of',
    ],
    ['F55 two directories', zipFile([part('a')], { comment: zipFile([]) }), 'read in two ways'],
    ['an encrypted entry', zipFile([part('a', { flags: 1 })]), 'encrypted'],
    [
      'a second name in an extra field',
      zipFile([part('a', { extra: numbers([2, 0x7075], [2, 0]) })]),
      'two names',
    ],
    ['F51 a name twice', zipFile([part('a'), part('a')]), 'holds "a" twice'],
    ['F51 a name in two cases', zipFile([part('Data'), part('dATA')]), 'holds "dATA" twice'],
    ['F51 a name that climbs', zipFile([part('a/../../etc/passwd')]), 'leads out of the archive'],
    ['F51 an absolute name', zipFile([part('/etc/passwd')]), 'absolute'],
    ['F51 a drive', zipFile([part('C:evil')]), 'names a drive'],
    ['F51 a backslash', zipFile([part('..\\evil')]), 'backslash'],
    ['F51 NUL in a name', zipFile([part('data\0.txt')]), 'control characters'],
    ['an empty name', zipFile([part('')]), 'is empty'],
    ['a long name', zipFile([part('a'.repeat(513))]), '513 bytes, at most 512'],
  ])('%s', async (_, bytes, words) => {
    const failure = await refusal(bytes)
    expect(failure.message).toContain(words)
    expect(failure.code).toBe('file-unsafe')
  })

  it('F50 a directory of a hundred thousand names, without reading it', async () => {
    const names = Array.from({ length: 100_000 }, (_, index) => part(`n${String(index)}`))
    const failure = await refusal(zipFile(names, { entries: 3 }))
    expect(failure.message).toContain('at most 4,194,304 are read')
  })
})

describe('openZip refuses as damaged', () => {
  const whole = zipFile([part('a'), part('b', { method: 8 })])

  it.each([
    ['nothing', new Uint8Array()],
    ['text', utf8('not a zip archive at all')],
    ['a cut archive', whole.slice(0, -5)],
    ['an archive with something behind', concat([whole, Uint8Array.of(0)])],
    ['an archive without its front', whole.slice(7)],
    ['bzip2', zipFile([part('a', { method: 12 })])],
    [
      'a name that is not UTF-8',
      zipFile([{ name: Uint8Array.of(0xff), bytes: TEXT, flags: 0x800 }]),
    ],
    ['a name of unknown encoding', zipFile([{ name: Uint8Array.of(0xe4), bytes: TEXT }])],
    [
      'broken deflate',
      zipFile([part('a', { method: 8, packed: utf8('no deflate, just text, not deflate') })]),
    ],
    ['a wrong checksum', zipFile([part('a', { central: { crc32: 5 } })])],
  ])('%s', async (_, bytes) => {
    expect((await refusal(bytes)).code).toBe('model-corrupt')
  })

  it('any one bit flipped in a stored entry', async () => {
    const bytes = zipFile([part('a')])
    for (let bit = 0; bit < 8 * TEXT.length; bit++) await refusal(flipped(bytes, bit))
  })

  it('any one bit flipped in a deflated entry, where it changes what comes out', async () => {
    const bytes = zipFile([part('a', { method: 8 })])
    let refused = 0
    for (let bit = 0; bit < 8 * 12; bit++) {
      const outcome = await readAll(flipped(bytes, bit))
      if (outcome.ok) expect(outcome.value.get('a')).toEqual(TEXT)
      else refused++
    }
    expect(refused).toBeGreaterThan(80)
  })
})

/** The archive with one bit of its first entry's data changed; its name has one letter. */
function flipped(bytes: Uint8Array<ArrayBuffer>, bit: number): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice()
  const at = 31 + (bit >> 3)
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7))
  return changed
}

it('F46 takes no more memory than its caps while it unpacks a bomb', async () => {
  const bytes = zipFile([part('a', { bytes: zeros(64 * MIB), method: 8, central: { bytes: MIB } })])
  const before = process.memoryUsage().arrayBuffers
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before)
  }, 1)
  await refusal(bytes)
  clearInterval(watch)
  expect(peak).toBeLessThan(64 * MIB)
  expect(ZIP_LIMITS.entryBytes).toBe(128 * MIB)
})
