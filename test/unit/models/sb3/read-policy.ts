import { readFileSync } from 'node:fs'
import { readSb3Zip } from '../../../../src/models/sb3/read-sb3-zip'
import type { Sb3Policy } from '../../../../src/models/sb3/sb3-policy'

const folder = new URL('../../../fixtures/policies/', import.meta.url)

/** Bytes of a file of `test/fixtures/policies`. */
export function policyBytes(fileName: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(fileName, folder)))
}

/** A policy of `test/fixtures/policies`, or an error with the failure's words. */
export async function readPolicy(fileName: string): Promise<Sb3Policy> {
  const outcome = await readSb3Zip(new Blob([policyBytes(fileName)]), fileName)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}
