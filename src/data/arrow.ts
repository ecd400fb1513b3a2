import { decodeFile } from './columnar/corrupt-table'
import type { DataFormat } from './data-format'
import { settleData } from './settle-data'

const MAGIC = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]
/** A stream opens with the mark of a message, its length, and a schema, which is a FlatBuffer. */
const STREAM_MARK = [0xff, 0xff, 0xff, 0xff]
const LONGEST_SCHEMA = 2 ** 26

/** Apache Arrow IPC, as a file (Feather 2) or a stream. The decoder is loaded once one comes. */
export const arrow: DataFormat = {
  label: 'Arrow (Feather)',
  accepts: (head) => isArrowFile(head) || isArrowStream(head),
  read: (file, id, onProgress, room) =>
    settleData(file.name, async () => {
      const head = new Uint8Array(await file.slice(0, MAGIC.length).arrayBuffer())
      const { readArrow } = await import('./arrow/read-arrow')
      return decodeFile(() => readArrow(file, id, isArrowFile(head), { onProgress, room }))
    }),
}

function isArrowFile(head: Uint8Array): boolean {
  return MAGIC.every((byte, index) => head[index] === byte)
}

function isArrowStream(head: Uint8Array): boolean {
  if (head.length < 8 || !STREAM_MARK.every((byte, index) => head[index] === byte)) return false
  const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true)
  return length > 0 && length % 8 === 0 && length < LONGEST_SCHEMA
}
