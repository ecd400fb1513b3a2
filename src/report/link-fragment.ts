import { LINK_BYTES } from '../core/caps'
import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate'
import { contentHash } from '../core/content-hash'
import { failed, success, type Outcome } from '../core/failure'
import { formatBytes, formatCount } from '../core/format'

export type LinkKind = 'result' | 'comparison'

/**
 * Most characters of a fragment, read and written. The tightest limit on the way of a link is Windows,
 * which starts a program with a command line of up to 32 767 characters; half of it leaves room for
 * the page's address and for what chats and mail wrap around.
 */
export const FRAGMENT_CHARACTERS = 16_384
/** Inflated this much at a time, so that a bomb is noticed early. */
const SLICE_BYTES = 512
const CHECK_CHARACTERS = 8
const VERSION = 1
/** `#result/1/DATA.CHECK`: base64url of DEFLATE, and the first characters of the text's SHA-256. */
const FRAGMENT = /^(result|comparison)\/(\d{1,9})\/([\w-]+)\.([0-9a-f]{8})$/
/** Anchors within the page, such as that of the skip link. */
const ANCHOR = /^[\w-]{0,64}$/

const COPY_AGAIN = 'Copy the link again from where it came, or ask for the report as a file.'

export interface LinkDocument {
  readonly kind: LinkKind
  /** Whatever JSON the link held: to be checked. */
  readonly document: unknown
}

/** The fragment, `#` included, that carries a document; it may be longer than a link bears. */
export function writeFragment(kind: LinkKind, document: unknown): string {
  const bytes = strToU8(JSON.stringify(document))
  const data = toBase64Url(deflateSync(bytes, { level: 9 }))
  return `#${kind}/${String(VERSION)}/${data}.${checkOf(bytes)}`
}

/** What a fragment carries; null where it is none of a link, such as an anchor within the page. */
export function readFragment(fragment: string): Outcome<LinkDocument> | null {
  const text = fragment.replace(/^#/, '')
  if (text.length > FRAGMENT_CHARACTERS) {
    return failed(
      'link-too-large',
      `This link carries ${formatCount(text.length)} characters; a link of Bakeoff has up to ${formatCount(FRAGMENT_CHARACTERS)}.`,
      'Ask for the report as a file.',
    )
  }
  if (ANCHOR.test(text)) return null
  const [, kind, version, data, check] = FRAGMENT.exec(text) ?? []
  if (kind === undefined || data === undefined) return damaged('it is not written like one')
  if (Number(version) !== VERSION) {
    return failed(
      'link-version',
      `This link is of version ${String(Number(version))}; this version of Bakeoff reads version ${String(VERSION)}.`,
      'Load the page again to get the newest Bakeoff, or ask for the report as a file.',
    )
  }
  const bytes = inflate(data)
  if (!bytes.ok) return bytes
  if (checkOf(bytes.value) !== check) return damaged('its check does not fit what it carries')
  try {
    const document: unknown = JSON.parse(strFromU8(bytes.value))
    return success({ kind: kind === 'result' ? 'result' : 'comparison', document })
  } catch {
    return damaged('it carries no JSON')
  }
}

/** @param why follows a colon */
export function damaged(why: string): Outcome<never> {
  return failed('link-invalid', `This is no link that can be read: ${why}.`, COPY_AGAIN)
}

function inflate(data: string): Outcome<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  const stream = new Inflate((part) => {
    parts.push(part)
    length += part.length
  })
  try {
    const packed = fromBase64Url(data)
    for (let at = 0; at < packed.length && length <= LINK_BYTES; at += SLICE_BYTES) {
      stream.push(packed.subarray(at, at + SLICE_BYTES), at + SLICE_BYTES >= packed.length)
    }
  } catch {
    return damaged('it was cut short or changed on its way')
  }
  if (length > LINK_BYTES) {
    return failed(
      'link-too-large',
      `This link unpacks to more than ${formatBytes(LINK_BYTES)}, which no link of Bakeoff does.`,
      'Do not trust it; ask for the report as a file.',
    )
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return success(bytes)
}

/** A link that lost or gained a character could else show other figures. */
function checkOf(bytes: Uint8Array): string {
  return contentHash(bytes).slice(0, CHECK_CHARACTERS)
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(strFromU8(bytes, true)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Throws where it is none. */
function fromBase64Url(text: string): Uint8Array {
  return strToU8(atob(text.replaceAll('-', '+').replaceAll('_', '/')), true)
}
