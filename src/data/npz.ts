import { byteSource } from '../archive/byte-source'
import { openZip, type ZipArchive } from '../archive/zip-archive'
import { ZIP_LIMITS, zipLimitsOf, type ZipLimits } from '../archive/zip-limits'
import type { Dataset } from '../core/dataset'
import { isNpz } from '../core/data-signature'
import { quoted } from '../core/display-text'
import { Refusal } from '../core/refusal'
import type { NamedArray } from './arrays/array-rows'
import { readNpyHeader } from './arrays/npy-header'
import { readArrays } from './arrays/read-arrays'
import type { DataFile, DataFormat, ReadProgress } from './data-format'
import { draftDataset } from './draft-dataset'
import { hashFile } from './hash-file'
import type { ValueRoom } from './room/value-room'
import { settleData } from './settle-data'

/** Room for the arrays of CIFAR and the like; masks of zeros pack well. */
const NPZ_LIMITS: ZipLimits = {
  ...ZIP_LIMITS,
  entryBytes: 2 ** 30,
  totalBytes: 2 ** 31,
  ratio: 500,
}

/** NumPy arrays by name, as `numpy.savez` and `numpy.savez_compressed` write them. */
export const npz: DataFormat = {
  label: 'NumPy archive (.npz)',
  accepts: isNpz,
  read: (file, id, onProgress, room) =>
    settleData(file.name, () => readNpz(file, id, onProgress, room)),
}

async function readNpz(
  file: DataFile,
  id: string,
  onProgress: ReadProgress,
  room: ValueRoom,
): Promise<Dataset> {
  const archive = await openZip(file, zipLimitsOf(file, NPZ_LIMITS))
  const arrays: NamedArray[] = []
  for (const name of archive.entries.keys()) {
    if (/\.npy$/i.test(name)) arrays.push(await openEntry(archive, name))
  }
  const draft = await readArrays(arrays, true, room, (done, of) => {
    onProgress((done / of) * (file.size / 2), file.size)
  })
  const sha256 = await hashFile(file, (done) => {
    onProgress((file.size + done) / 2, file.size)
  })
  return draftDataset(draft, { id, name: file.name, bytes: file.size, sha256 })
}

async function openEntry(archive: ZipArchive, name: string): Promise<NamedArray> {
  const source = byteSource(await archive.read(name))
  try {
    return { name: name.replace(/\.npy$/i, ''), header: await readNpyHeader(source), source }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.code, `holds ${quoted(name)}, which ${error.finding}`, error.advice)
  }
}
