import {
  ARCHIVE_NAME_BYTES,
  CAPS,
  capOf,
  type CapBreach,
  type CapName,
  type CappedFile,
} from '../core/caps'
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

/** Limits of an archive by the names that a user raises them by. */
export const ZIP_CAPS = {
  entries: 'archive-files',
  directoryBytes: 'archive-directory-bytes',
  entryBytes: 'archive-file-bytes',
  totalBytes: 'archive-bytes',
  ratio: 'archive-ratio',
} as const satisfies Readonly<Record<string, CapName>>

/** Room for a policy of 32 million float32 weights with its optimiser. */
export const ZIP_LIMITS: ZipLimits = {
  entries: CAPS['archive-files'].value,
  directoryBytes: CAPS['archive-directory-bytes'].value,
  nameBytes: ARCHIVE_NAME_BYTES,
  entryBytes: CAPS['archive-file-bytes'].value,
  totalBytes: CAPS['archive-bytes'].value,
  ratio: CAPS['archive-ratio'].value,
}

/** The limits of one file: `usual`, or higher where the user has raised them. */
export function zipLimitsOf(file: CappedFile, usual: ZipLimits = ZIP_LIMITS): ZipLimits {
  const limit = (key: keyof typeof ZIP_CAPS) => capOf(file, ZIP_CAPS[key], usual[key])
  return {
    entries: limit('entries'),
    directoryBytes: limit('directoryBytes'),
    nameBytes: usual.nameBytes,
    entryBytes: limit('entryBytes'),
    totalBytes: limit('totalBytes'),
    ratio: limit('ratio'),
  }
}

/** Small entries of zeros pack better than any ratio, and do no harm. */
export const RATIO_FREE_BYTES = 2 ** 20

/** An archive that breaks a limit or hides something. */
export function unsafeZip(finding: string, cap: CapBreach | null = null): Refusal {
  const advice =
    cap === null
      ? 'Do not trust this archive; save its content again with the program that made it.'
      : 'Trust it only if it is your own; else save its content again with the program that made it.'
  return new Refusal('file-unsafe', `is an unsafe archive: ${finding}`, advice, cap)
}

/** An archive that is cut, changed on its way, or no archive. */
export function corruptZip(finding: string): Refusal {
  const advice = 'Copy or download the file again, or save its content once more.'
  return new Refusal('model-corrupt', `is a damaged zip archive: ${finding}`, advice)
}
