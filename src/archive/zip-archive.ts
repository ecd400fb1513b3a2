import { quoted } from '../core/display-text'
import { byteSource, type ByteSource } from './byte-source'
import { checkLocalHeaders, type DataStarts } from './check-local-headers'
import { crc32 } from './crc32'
import { readEndRecord } from './end-record'
import { inflate } from './inflate'
import { readDirectory, type ZipEntry } from './read-directory'
import { corruptZip, ZIP_LIMITS, type ZipLimits } from './zip-limits'

/**
 * A zip archive whose directory was read and held against its local headers; the entries' bytes
 * are read on demand. Stored and deflated entries; zip64; one level only: an archive inside is an
 * entry like any other.
 */
export class ZipArchive {
  constructor(
    private readonly source: ByteSource,
    private readonly starts: DataStarts,
    readonly entries: ReadonlyMap<string, ZipEntry>,
  ) {}

  /**
   * An entry's bytes, checked against size and CRC-32. Stored entries of an archive in memory come
   * as a view of it.
   * @throws {Refusal} where the entry is absent, damaged or lies about its size
   */
  async read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const entry = this.entries.get(name)
    const start = this.starts.get(name)
    if (entry === undefined || start === undefined) {
      throw corruptZip(`it holds no ${quoted(name)}`)
    }
    const packed = await this.source.read(start, start + entry.packedBytes)
    const bytes = entry.method === 'stored' ? packed : await inflate(packed, entry.bytes)
    if (crc32(bytes) !== entry.crc32) {
      throw corruptZip(`the checksum of ${quoted(name)} does not fit its bytes`)
    }
    return bytes
  }
}

/**
 * Opens a zip archive by its content.
 * @throws {Refusal} where it is no whole archive, breaks a limit, or can be read in two ways
 */
export async function openZip(
  from: Blob | Uint8Array<ArrayBuffer>,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<ZipArchive> {
  const source = byteSource(from)
  const place = await readEndRecord(source)
  const entries = await readDirectory(source, place, limits)
  const starts = await checkLocalHeaders(source, entries, place.start)
  return new ZipArchive(source, starts, new Map(entries.map((entry) => [entry.name, entry])))
}
