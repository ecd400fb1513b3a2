import { ARCHIVE_EXTRA_BYTES } from '../core/caps'
import { quoted } from '../core/display-text'
import type { ByteSource } from './byte-source'
import { viewOf } from './end-record'
import { entryName } from './entry-name'
import { readAhead } from './read-ahead'
import { extraFields, type ZipEntry } from './read-directory'
import { corruptZip, unsafeZip } from './zip-limits'

const HEADER_SIGNATURE = 0x04034b50
const HEADER_BYTES = 30
const ZIP64_FIELD = 0x0001
/** Bit 3: sizes and checksum follow the data, and may be 0 in the local header. */
const DESCRIPTOR_FLAG = 0x0008

/** Where each entry's packed bytes begin, by name. */
export type DataStarts = ReadonlyMap<string, number>

/**
 * Holds every local header against the directory, and the entries against each other: the first
 * stands at the very start of the file, none reaches into the next, the last not into the directory.
 */
export async function checkLocalHeaders(
  source: ByteSource,
  entries: readonly ZipEntry[],
  directoryStart: number,
): Promise<DataStarts> {
  const ordered = [...entries].sort((a, b) => a.offset - b.offset)
  if (ordered[0] !== undefined && ordered[0].offset !== 0) {
    throw unsafeZip('something else stands in front of its first file')
  }
  const starts = new Map<string, number>()
  const headers = readAhead(source)
  for (const [index, entry] of ordered.entries()) {
    const limit = ordered[index + 1]?.offset ?? directoryStart
    const start = await dataStart(headers, entry, limit)
    if (start + entry.packedBytes > limit) {
      throw unsafeZip(`${quoted(entry.name)} in it overlaps what follows`)
    }
    starts.set(entry.name, start)
  }
  return starts
}

async function dataStart(source: ByteSource, entry: ZipEntry, limit: number): Promise<number> {
  const { offset } = entry
  if (offset + HEADER_BYTES > limit)
    throw unsafeZip(`${quoted(entry.name)} in it overlaps what follows`)
  const header = viewOf(await source.read(offset, offset + HEADER_BYTES))
  if (header.getUint32(0, true) !== HEADER_SIGNATURE) {
    throw corruptZip(`${quoted(entry.name)} is not where the directory says`)
  }
  const nameEnd = offset + HEADER_BYTES + header.getUint16(26, true)
  const start = nameEnd + header.getUint16(28, true)
  if (start > limit) throw unsafeZip(`${quoted(entry.name)} in it overlaps what follows`)
  if (start - nameEnd > ARCHIVE_EXTRA_BYTES)
    throw unsafeZip(`${quoted(entry.name)} in it has a hidden part`)
  const rest = await source.read(offset + HEADER_BYTES, start)
  const nameLength = nameEnd - offset - HEADER_BYTES
  const sizes = localSizes(header, rest.subarray(nameLength))
  const method = entry.method === 'stored' ? 0 : 8
  const agrees =
    entryName(rest.subarray(0, nameLength), entry.flags) === entry.name &&
    header.getUint16(6, true) === entry.flags &&
    header.getUint16(8, true) === method &&
    (sizesAgree(sizes, entry) || (leavesSizesOpen(sizes) && hasDescriptor(entry)))
  if (!agrees)
    throw unsafeZip(`${quoted(entry.name)} says other things of itself than the directory`)
  return start
}

interface LocalSizes {
  readonly crc32: number
  readonly packedBytes: number
  readonly bytes: number
}

function localSizes(header: DataView, extra: Uint8Array): LocalSizes {
  const crc32 = header.getUint32(14, true)
  const packedBytes = header.getUint32(18, true)
  const bytes = header.getUint32(22, true)
  const wide = extraFields(extra).get(ZIP64_FIELD)
  // A local header has both sizes in its zip64 field, or none.
  if (wide === undefined || packedBytes !== 0xffffffff || bytes !== 0xffffffff) {
    return { crc32, packedBytes, bytes }
  }
  if (wide.byteLength < 16) throw corruptZip('a zip64 size is missing')
  return {
    crc32,
    bytes: Number(wide.getBigUint64(0, true)),
    packedBytes: Number(wide.getBigUint64(8, true)),
  }
}

function sizesAgree(sizes: LocalSizes, entry: ZipEntry): boolean {
  return (
    sizes.crc32 === entry.crc32 &&
    sizes.packedBytes === entry.packedBytes &&
    sizes.bytes === entry.bytes
  )
}

function leavesSizesOpen({ crc32, packedBytes, bytes }: LocalSizes): boolean {
  return crc32 === 0 && packedBytes === 0 && bytes === 0
}

function hasDescriptor(entry: ZipEntry): boolean {
  return (entry.flags & DESCRIPTOR_FLAG) !== 0
}
