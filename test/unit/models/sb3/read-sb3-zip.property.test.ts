import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSb3Zip } from '../../../../src/models/sb3/read-sb3-zip'
import { openZip } from '../../../../src/archive/zip-archive'
import { zipFile } from '../../../fixtures/zip-builder'
import { byteChanges, changeBytes, type ByteChanges } from '../change-bytes'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from '../fuzz-runs'
import { policyBytes } from './read-policy'

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

let outer: Files = new Map()
let inner: Files = new Map()

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Files> {
  const archive = await openZip(bytes)
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const name of archive.entries.keys()) files.set(name, await archive.read(name))
  return files
}

/** The archive with one of its files changed, and honest about it. */
function repacked(files: Files, name: string, changes: ByteChanges): Uint8Array<ArrayBuffer> {
  const parts = [...files].map(([path, bytes]) => ({
    name: path,
    bytes: path === name ? changeBytes(bytes, changes) : bytes,
  }))
  return zipFile(parts)
}

/** A policy that can be used and sent to another thread, or a failure that says something. */
async function isAnswer(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const outcome = await readSb3Zip(new Blob([bytes]), 'any.zip')
  if (outcome.ok) {
    expect(outcome.value.actionLayer.outputs).toBe(outcome.value.action.size)
    structuredClone(outcome.value)
  } else {
    expect(outcome.failure.message).toContain('"any.zip"')
    expect(outcome.failure.advice).not.toBe('')
  }
}

beforeAll(async () => {
  outer = await unpack(policyBytes('continuous_lstm.zip'))
  inner = await unpack(outer.get('policy.pth') ?? new Uint8Array())
})

describe('readSb3Zip always answers', () => {
  it(
    'when the settings are changed',
    async () => {
      const property = fc.asyncProperty(byteChanges, (changes) =>
        isAnswer(repacked(outer, 'data', changes)),
      )
      await fc.assert(property, fuzzRuns(1000))
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'when the pickle of the weights is changed',
    async () => {
      const name = [...inner.keys()].find((path) => path.endsWith('data.pkl')) ?? ''
      const property = fc.asyncProperty(byteChanges, (changes) => {
        const weights = repacked(inner, name, changes)
        const files = new Map([...outer, ['policy.pth', weights] as const])
        return isAnswer(repacked(files, '', changes))
      })
      await fc.assert(property, fuzzRuns(1000))
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    'when the whole file is changed',
    async () => {
      const whole = policyBytes('continuous_lstm.zip')
      const property = fc.asyncProperty(byteChanges, (changes) =>
        isAnswer(changeBytes(whole, changes)),
      )
      await fc.assert(property, fuzzRuns(500))
    },
    FUZZ_TIMEOUT_MS,
  )
})
