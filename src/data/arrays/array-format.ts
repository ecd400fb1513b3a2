import { byteSource, type ByteSource } from '../../archive/byte-source'
import type { Dataset } from '../../core/dataset'
import type { Outcome } from '../../core/failure'
import type { DataFile, DataFormat, ReadProgress } from '../data-format'
import { draftDataset } from '../draft-dataset'
import { hashFile } from '../hash-file'
import type { ValueRoom } from '../room/value-room'
import { settleData } from '../settle-data'
import type { ArrayHeader } from './array-header'
import type { NamedArray } from './array-rows'
import { readArrays } from './read-arrays'

/** A format of one array a file, given how its header is read. */
export function arrayFormat(
  label: string,
  accepts: DataFormat['accepts'],
  readHeader: (source: ByteSource) => Promise<ArrayHeader>,
): DataFormat {
  const openArray = (file: DataFile): Promise<Outcome<NamedArray>> =>
    settleData(file.name, async () => {
      const source = byteSource(file)
      return { name: stemOf(file.name), header: await readHeader(source), source }
    })
  return {
    label,
    accepts,
    openArray,
    read: async (file, id, onProgress, room) => {
      const array = await openArray(file)
      return array.ok ? readArrayFiles([{ file, array: array.value }], id, onProgress, room) : array
    },
  }
}

/** One table of arrays in files of their own, as `X.npy` and `y.npy` are. */
export function readArrayFiles(
  files: readonly { readonly file: DataFile; readonly array: NamedArray }[],
  id: string,
  onProgress: ReadProgress,
  room: ValueRoom,
): Promise<Outcome<Dataset>> {
  const name = files.map(({ file }) => file.name).join(' and ')
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  return settleData(name, async () => {
    const arrays = files.map(({ array }) => array)
    // Hashing and decoding take about as long.
    const draft = await readArrays(arrays, false, room, (done, of) => {
      onProgress((done / of) * (bytes / 2), bytes)
    })
    const hashes: string[] = []
    let hashed = 0
    for (const { file } of files) {
      const before = hashed
      hashes.push(
        await hashFile(file, (done) => {
          onProgress(bytes / 2 + (before + done) / 2, bytes)
        }),
      )
      hashed += file.size
    }
    return draftDataset(draft, { id, name, bytes, sha256: hashes.join(' ') })
  })
}

/** `X_test` of `X_test.npy`, also where `.gz` follows; an IDX file has no ending that counts. */
function stemOf(name: string): string {
  return name
    .replace(/\.gz$/i, '')
    .replace(/\.(npy|idx|ubyte)$/i, '')
    .replace(/\.(?=idx\d-ubyte$)/i, '-')
}
