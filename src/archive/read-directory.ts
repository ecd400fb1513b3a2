import { quoted } from '../core/display-text'
import type { ByteSource } from './byte-source'
import { offset64, viewOf, type DirectoryPlace } from './end-record'
import { entryName, foldedName } from './entry-name'
import { corruptZip, RATIO_FREE_BYTES, unsafeZip, ZIP_CAPS, type ZipLimits } from './zip-limits'

const HEADER_SIGNATURE = 0x02014b50
const HEADER_BYTES = 46
const ZIP64_FIELD = 0x0001
const UNICODE_PATH_FIELD = 0x7075
/** Bits 0 and 6: encryption; bit 13: masked headers. */
const ENCRYPTED_FLAGS = 0x2041
const IN_ZIP64 = 0xffffffff
const METHODS: ReadonlyMap<number, ZipEntry['method']> = new Map([
  [0, 'stored'],
  [8, 'deflate'],
])

export interface ZipEntry {
  readonly name: string
  readonly flags: number
  readonly method: 'stored' | 'deflate'
  readonly crc32: number
  readonly packedBytes: number
  /** Unpacked, as the directory declares. */
  readonly bytes: number
  /** Of the local header, from the start of the file. */
  readonly offset: number
}

/** The central directory's entries in the order of the directory, every one within `limits`. */
export async function readDirectory(
  source: ByteSource,
  place: DirectoryPlace,
  limits: ZipLimits,
): Promise<readonly ZipEntry[]> {
  const size = place.end - place.start
  if (place.entries > limits.entries) {
    throw unsafeZip(
      `it has ${count(place.entries)} files, at most ${count(limits.entries)} are read`,
      { name: ZIP_CAPS.entries, wanted: place.entries },
    )
  }
  if (size > limits.directoryBytes) {
    throw unsafeZip(
      `its directory has ${count(size)} bytes, at most ${count(limits.directoryBytes)} are read`,
      { name: ZIP_CAPS.directoryBytes, wanted: size },
    )
  }
  const bytes = await source.read(place.start, place.end)
  const entries: ZipEntry[] = []
  const names = new Set<string>()
  let at = 0
  let total = 0
  for (let index = 0; index < place.entries; index++) {
    const { entry, next } = readEntry(bytes, at, limits)
    at = next
    total += entry.bytes
    const folded = foldedName(entry.name)
    if (names.has(folded)) throw unsafeZip(`it holds ${quoted(entry.name)} twice`)
    if (total > limits.totalBytes)
      throw tooLarge('its files', total, limits.totalBytes, 'totalBytes')
    names.add(folded)
    entries.push(entry)
  }
  if (at !== bytes.length) throw unsafeZip('its directory is longer than the files that it counts')
  return entries
}

function readEntry(
  bytes: Uint8Array,
  at: number,
  limits: ZipLimits,
): { entry: ZipEntry; next: number } {
  if (at + HEADER_BYTES > bytes.length) throw corruptZip('its directory is cut')
  const view = viewOf(bytes.subarray(at))
  if (view.getUint32(0, true) !== HEADER_SIGNATURE) throw corruptZip('its directory is broken')
  const flags = view.getUint16(8, true)
  const nameLength = view.getUint16(28, true)
  const extraLength = view.getUint16(30, true)
  const next = at + HEADER_BYTES + nameLength + extraLength + view.getUint16(32, true)
  if (next > bytes.length) throw corruptZip('its directory is cut')
  if (nameLength > limits.nameBytes) {
    throw unsafeZip(
      `a file name in it has ${count(nameLength)} bytes, at most ${count(limits.nameBytes)} are read`,
    )
  }
  const nameEnd = at + HEADER_BYTES + nameLength
  const name = entryName(bytes.subarray(at + HEADER_BYTES, nameEnd), flags)
  const extra = extraFields(bytes.subarray(nameEnd, nameEnd + extraLength))
  if ((flags & ENCRYPTED_FLAGS) !== 0) throw unsafeZip(`${quoted(name)} in it is encrypted`)
  const entry = {
    name,
    flags,
    method: methodOf(view.getUint16(10, true), name),
    crc32: view.getUint32(16, true),
    ...wideFields(view, extra),
  }
  judgeSize(entry, limits)
  return { entry, next }
}

/** Sizes and offset, of which those that read 0xFFFFFFFF stand in the zip64 field, in this order. */
function wideFields(
  view: DataView,
  extra: ReadonlyMap<number, DataView>,
): { bytes: number; packedBytes: number; offset: number } {
  const wide = extra.get(ZIP64_FIELD)
  let at = 0
  const field = (position: number): number => {
    const value = view.getUint32(position, true)
    if (value !== IN_ZIP64) return value
    if (wide === undefined || at + 8 > wide.byteLength) throw corruptZip('a zip64 size is missing')
    at += 8
    return offset64(wide, at - 8)
  }
  return { bytes: field(24), packedBytes: field(20), offset: field(42) }
}

/** Extra fields by their number; a second name for the file (0x7075) is not accepted. */
export function extraFields(bytes: Uint8Array): ReadonlyMap<number, DataView> {
  const fields = new Map<number, DataView>()
  const view = viewOf(bytes)
  let at = 0
  while (at + 4 <= bytes.length) {
    const id = view.getUint16(at, true)
    const end = at + 4 + view.getUint16(at + 2, true)
    if (end > bytes.length) throw corruptZip('an extra field is cut')
    if (id === UNICODE_PATH_FIELD || fields.has(id)) {
      throw unsafeZip('a file in it has two names or two sizes')
    }
    fields.set(id, viewOf(bytes.subarray(at + 4, end)))
    at = end
  }
  return fields
}

function methodOf(method: number, name: string): ZipEntry['method'] {
  const known = METHODS.get(method)
  if (known !== undefined) return known
  throw corruptZip(`${quoted(name)} is packed with method ${String(method)}, only deflate is read`)
}

function judgeSize(entry: ZipEntry, limits: ZipLimits): void {
  const { name, bytes, packedBytes, method } = entry
  if (bytes > limits.entryBytes)
    throw tooLarge(quoted(name), bytes, limits.entryBytes, 'entryBytes')
  if (method === 'stored' && bytes !== packedBytes) {
    throw unsafeZip(`${quoted(name)} in it has two sizes`)
  }
  // Deflate adds at most five bytes to each 16 KiB that it cannot shrink.
  if (packedBytes > bytes + bytes / 1024 + 64) {
    throw unsafeZip(`${quoted(name)} in it is larger packed than unpacked`)
  }
  if (bytes > RATIO_FREE_BYTES && bytes > packedBytes * limits.ratio) {
    throw unsafeZip(
      `${quoted(name)} in it unpacks ${count(packedBytes)} bytes to ${count(bytes)}, more than ${count(limits.ratio)} times as many`,
      { name: ZIP_CAPS.ratio, wanted: Math.ceil(bytes / Math.max(1, packedBytes)) },
    )
  }
}

function tooLarge(
  what: string,
  bytes: number,
  cap: number,
  limit: 'entryBytes' | 'totalBytes',
): Error {
  return unsafeZip(
    `${what} in it would take ${count(bytes)} bytes, at most ${count(cap)} are read`,
    { name: ZIP_CAPS[limit], wanted: bytes },
  )
}

function count(value: number): string {
  return value.toLocaleString('en-GB')
}
