import * as v from 'valibot'
import { failed, success, type Outcome } from '../core/failure'
import { formatCount } from '../core/format'
import { damaged, FRAGMENT_CHARACTERS, writeFragment } from '../report/link-fragment'
import { keptSetupSchema, type KeptSetup } from './kept-setup'
import type { RemoteFile } from './remote/remote-download'

const MOST_FILES = 64
const LONGEST_ADDRESS = 2_048
/** What a stranger may ask of a machine; the user can ask for more. */
const MOST_LANES = 64
const MOST_BATCH = 65_536

/** A file with what it must turn out to be. */
export interface LinkedFile extends RemoteFile {
  readonly sha256: string
  readonly bytes: number
}

/** A comparison whose files are all at addresses. */
export interface ComparisonLink {
  readonly files: readonly LinkedFile[]
  readonly setup: KeptSetup
}

const linkSchema = v.object({
  files: v.pipe(
    v.array(
      v.object({
        address: v.pipe(v.string(), v.maxLength(LONGEST_ADDRESS)),
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_FILES),
  ),
  setup: keptSetupSchema,
})

/** The fragment, `#` included, that opens this comparison elsewhere. */
export function comparisonLink({ files, setup }: ComparisonLink): Outcome<string> {
  const fragment = writeFragment('comparison', {
    files: files.map(({ address, sha256, bytes }) => ({ address, sha256, bytes })),
    setup,
  })
  if (fragment.length <= FRAGMENT_CHARACTERS && files.length <= MOST_FILES) return success(fragment)
  return failed(
    'link-too-large',
    `This comparison is too large for a link, which carries up to ${formatCount(FRAGMENT_CHARACTERS)} characters.`,
    'Hand the addresses on and name the settings beside them.',
  )
}

/** @param document of a link, from a stranger */
export function readComparisonLink(document: unknown): Outcome<ComparisonLink> {
  const parsed = v.safeParse(linkSchema, document)
  if (!parsed.success) return damaged('it does not name files and settings as a link does')
  const { files, setup } = parsed.output
  const { lanes, batchSize } = setup.settings
  if ((lanes ?? 1) > MOST_LANES || (batchSize ?? 1) > MOST_BATCH) {
    return damaged('it asks for more of this machine than a link may')
  }
  // What is kept here is not a stranger's to delete.
  return success({ files, setup: { ...setup, settings: { ...setup.settings, useKept: true } } })
}
