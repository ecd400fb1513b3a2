import { decodeFile } from './columnar/corrupt-table'
import type { DataFormat } from './data-format'
import { settleData } from './settle-data'

const MAGIC = [0x50, 0x41, 0x52, 0x31]

/** Apache Parquet. The decoder and its codecs are loaded once such a file comes. */
export const parquet: DataFormat = {
  label: 'Parquet',
  accepts: (head) => MAGIC.every((byte, index) => head[index] === byte),
  read: (file, id, onProgress, room) =>
    settleData(file.name, async () => {
      const { readParquet } = await import('./parquet/read-parquet')
      return decodeFile(() => readParquet(file, id, onProgress, room))
    }),
}
