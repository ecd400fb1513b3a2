import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteSource } from '../../../src/archive/byte-source'
import { Refusal } from '../../../src/core/refusal'
import { elementCount, type ArrayHeader } from '../../../src/data/arrays/array-header'
import { readIdxHeader } from '../../../src/data/arrays/idx-header'
import { readNpyHeader } from '../../../src/data/arrays/npy-header'
import { addDocument } from '../../../src/data/json/add-document'
import { RecordTable } from '../../../src/data/json/record-table'
import { CHUNK_ROWS } from '../../../src/data/room/chunking'
import { ValueRoom } from '../../../src/data/room/value-room'
import { readDataset } from '../../../src/data/read-dataset'
import { byteChanges, changeBytes } from '../models/change-bytes'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from '../models/fuzz-runs'
import { bytesOf } from './read-file'

/** Any answer is right, as long as it is one: a whole dataset, or a failure that says something. */
async function isAnswer(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const outcome = await readDataset(new File([bytes], 'any.bin'), 'd', () => undefined)
  if (!outcome.ok) {
    expect(outcome.failure.message).toContain('any.bin')
    expect(outcome.failure.code).not.toBe('internal')
    // What is thrown by accident would come back as a file that changed while it was read.
    expect(outcome.failure.code).not.toBe('file-unreadable')
    return
  }
  const { info, chunks } = outcome.value
  expect(info.rows).toBeGreaterThan(0)
  expect(chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(info.rows)
  for (const chunk of chunks) {
    expect(chunk.columns.length).toBe(info.columns.length)
    for (const cells of chunk.columns) {
      const length = cells.kind === 'text' ? cells.codes.length : cells.values.length
      expect(length).toBe(chunk.rows * (cells.kind === 'tensor' ? cells.width : 1))
    }
  }
}

/** A header that fits its file, or a refusal. */
async function isHeader(
  read: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayHeader>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  try {
    const { shape, itemBytes, dataStart } = await read(bytes)
    expect(dataStart + elementCount(shape) * itemBytes).toBe(bytes.length)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.finding).not.toBe('')
  }
}

const npy = (bytes: Uint8Array<ArrayBuffer>) => readNpyHeader(byteSource(bytes))
const idx = (bytes: Uint8Array<ArrayBuffer>) => readIdxHeader(byteSource(bytes))
const files = {
  npy: ['matrix-f8.npy', 'fortran.npy', 'texts.npy', 'images.npy', 'long.npy', 'objects.npy'],
  npz: ['keras.npz', 'features.npz', 'positional.npz'],
  idx: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte', 'heights.idx'],
  json: ['people-records.json', 'people-split.json', 'people-columns.json', 'people.jsonl'],
  gzip: ['people.csv.gz', 'people.jsonl.gz', 't10k-images-idx3-ubyte.gz'],
}
const contents = (names: readonly string[]) => fc.constantFrom(...names.map(bytesOf))

const runs = (usual: number) => ({ ...fuzzRuns(usual), endOnFailure: true })

describe('headers of arrays', () => {
  it.each([
    ['npy', npy],
    ['idx', idx],
  ] as const)(
    'of %s files with bytes changed are read or refused',
    async (kind, read) => {
      const property = fc.asyncProperty(contents(files[kind]), byteChanges, (bytes, changes) =>
        isHeader(read, changeBytes(bytes, changes)),
      )
      await fc.assert(property, runs(50_000))
    },
    FUZZ_TIMEOUT_MS,
  )

  it.each([
    ['npy', npy, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]],
    ['idx', idx, [0, 0, 8]],
  ] as const)(
    'of %s files with any bytes behind their first',
    async (_, read, start) => {
      const property = fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), (rest) =>
        isHeader(read, new Uint8Array([...start, ...rest])),
      )
      await fc.assert(property, runs(50_000))
    },
    FUZZ_TIMEOUT_MS,
  )
})

describe('readDataset never throws', () => {
  it(
    'on any bytes',
    async () => {
      const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) =>
        isAnswer(new Uint8Array(bytes)),
      )
      await fc.assert(property, runs(2_000))
    },
    FUZZ_TIMEOUT_MS,
  )

  it.each([
    ['npy', 1_500],
    ['npz', 1_000],
    ['idx', 1_500],
    ['json', 1_500],
    ['gzip', 1_000],
  ] as const)(
    'on real %s files with bytes changed and ends cut',
    async (kind, usual) => {
      const property = fc.asyncProperty(contents(files[kind]), byteChanges, (bytes, changes) =>
        isAnswer(changeBytes(bytes, changes)),
      )
      await fc.assert(property, runs(usual))
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'on damaged files within gzip',
    async () => {
      const inner = contents([...files.npy, ...files.idx, ...files.json])
      const property = fc.asyncProperty(inner, byteChanges, (bytes, changes) =>
        isAnswer(new Uint8Array(gzipSync(changeBytes(bytes, changes)))),
      )
      await fc.assert(property, runs(1_000))
    },
    FUZZ_TIMEOUT_MS,
  )
})

describe('JSON of any shape', () => {
  const document = fc.jsonValue({ maxDepth: 5 })

  it(
    'is read or refused',
    () => {
      const property = fc.property(document, (value) => {
        const table = new RecordTable({ rows: CHUNK_ROWS, room: ValueRoom.unlimited() })
        try {
          addDocument(JSON.parse(JSON.stringify(value)), table)
          const draft = table.finish()
          expect(draft.columns.length).toBeGreaterThan(0)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
      })
      fc.assert(property, runs(25_000))
    },
    FUZZ_TIMEOUT_MS,
  )
})
