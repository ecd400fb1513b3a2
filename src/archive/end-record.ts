import type { ByteSource } from './byte-source'
import { corruptZip, unsafeZip } from './zip-limits'

const END_SIGNATURE = 0x06054b50
const LOCATOR_SIGNATURE = 0x07064b50
const END64_SIGNATURE = 0x06064b50
const END_BYTES = 22
const LOCATOR_BYTES = 20
const END64_BYTES = 56
const COMMENT_CAP = 0xffff

/** Where the central directory stands; it ends where the end records begin. */
export interface DirectoryPlace {
  readonly entries: number
  readonly start: number
  readonly end: number
}

/**
 * Finds the end record (APPNOTE.TXT 4.3.14 to 4.3.16), plain or zip64. The archive must fill its
 * file: one end record, its comment up to the last byte, nothing between directory and record. So
 * one reading is the only one, and archives with something in front or behind are refused.
 */
export async function readEndRecord(source: ByteSource): Promise<DirectoryPlace> {
  const tailStart = Math.max(0, source.size - END_BYTES - COMMENT_CAP)
  const tail = viewOf(await source.read(tailStart, source.size))
  const at = findEndRecord(tail)
  const place = {
    entries: tail.getUint16(at + 10, true),
    bytes: tail.getUint32(at + 12, true),
    start: tail.getUint32(at + 16, true),
  }
  if (tail.getUint16(at + 4, true) > 0 && tail.getUint16(at + 4, true) < 0xffff) {
    throw corruptZip('it is one part of several')
  }
  const endAt = tailStart + at
  const end64 = await readEnd64(source, endAt, place)
  const found = end64 ?? { ...place, end: endAt }
  if (found.start + found.bytes !== found.end) {
    throw corruptZip('its directory does not stand where the end of the file says')
  }
  return { entries: found.entries, start: found.start, end: found.end }
}

function findEndRecord(tail: DataView): number {
  const found: number[] = []
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue
    if (at + END_BYTES + tail.getUint16(at + 20, true) === tail.byteLength) found.push(at)
  }
  if (found.length > 1) throw unsafeZip('it has two directories, so it can be read in two ways')
  const at = found[0]
  if (at === undefined) throw corruptZip('it has no directory at its end')
  return at
}

async function readEnd64(
  source: ByteSource,
  endAt: number,
  place: { entries: number; bytes: number; start: number },
): Promise<{ entries: number; bytes: number; start: number; end: number } | null> {
  const locatorAt = endAt - LOCATOR_BYTES
  if (locatorAt < END64_BYTES) return null
  const locator = viewOf(await source.read(locatorAt, endAt))
  if (locator.getUint32(0, true) !== LOCATOR_SIGNATURE) return null
  const end = offset64(locator, 8)
  if (end + END64_BYTES !== locatorAt) throw corruptZip('its zip64 end record is out of place')
  const record = viewOf(await source.read(end, locatorAt))
  if (record.getUint32(0, true) !== END64_SIGNATURE) throw corruptZip('it has no zip64 end record')
  const found = {
    entries: offset64(record, 32),
    bytes: offset64(record, 40),
    start: offset64(record, 48),
    end,
  }
  const agrees =
    (place.entries === 0xffff || place.entries === found.entries) &&
    (place.bytes === 0xffffffff || place.bytes === found.bytes) &&
    (place.start === 0xffffffff || place.start === found.start)
  if (!agrees) throw unsafeZip('its two end records disagree')
  return found
}

/** A 64-bit size or offset; beyond 2^53 it cannot be one of a file. */
export function offset64(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw corruptZip('a size in it is impossible')
  return Number(value)
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
