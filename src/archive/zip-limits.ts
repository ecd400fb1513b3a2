import { Refusal } from '../core/refusal'

/** What an archive may hold. Every figure is checked before memory of that size is taken. */
export interface ZipLimits {
  readonly entries: number
  /** Of the central directory. */
  readonly directoryBytes: number
  readonly nameBytes: number
  /** Of one entry, unpacked. */
  readonly entryBytes: number
  /** Of all entries, unpacked. */
  readonly totalBytes: number
  /** Unpacked over packed bytes, for entries of more than {@link RATIO_FREE_BYTES}. */
  readonly ratio: number
}

const MIB = 2 ** 20

/** Room for a policy of 32 million float32 weights with its optimiser. */
export const ZIP_LIMITS: ZipLimits = {
  entries: 4096,
  directoryBytes: 4 * MIB,
  nameBytes: 512,
  entryBytes: 128 * MIB,
  totalBytes: 512 * MIB,
  ratio: 100,
}

/** Small entries of zeros pack better than any ratio, and do no harm. */
export const RATIO_FREE_BYTES = MIB

/** An archive that breaks a limit or hides something. */
export function unsafeZip(finding: string): Refusal {
  const advice = 'Do not trust this archive; save its content again with the program that made it.'
  return new Refusal('file-unsafe', `is an unsafe archive: ${finding}`, advice)
}

/** An archive that is cut, changed on its way, or no archive. */
export function corruptZip(finding: string): Refusal {
  const advice = 'Copy or download the file again, or save its content once more.'
  return new Refusal('model-corrupt', `is a damaged zip archive: ${finding}`, advice)
}
