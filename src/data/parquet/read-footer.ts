import { PARQUET_FOOTER_BYTES } from '../../core/caps'
import { parquetMetadata, type FileMetaData } from 'hyparquet'
import type { ByteSource } from '../../archive/byte-source'
import { Refusal } from '../../core/refusal'
import { corruptTable, decodeStep } from '../columnar/corrupt-table'
import { checkThrift } from './check-thrift'

const MAGIC = 0x31524150
const ENCRYPTED = 0x45524150

/** Where a Parquet file says what it holds: its last bytes. */
export async function readFooter(source: ByteSource): Promise<FileMetaData> {
  if (source.size < 12) throw corruptTable('is cut: it ends before its footer')
  const tail = await source.read(source.size - 8, source.size)
  const view = new DataView(tail.buffer, tail.byteOffset, 8)
  const magic = view.getUint32(4, true)
  if (magic === ENCRYPTED) {
    throw new Refusal('data-malformed', 'is encrypted', 'Save the table without encryption.')
  }
  if (magic !== MAGIC) throw corruptTable('is cut: it ends before its footer')
  const length = view.getUint32(0, true)
  if (length > source.size - 12) throw corruptTable('is cut or damaged: its footer is not whole')
  if (length > PARQUET_FOOTER_BYTES) {
    throw new Refusal(
      'file-too-large',
      `has a footer of ${length.toLocaleString('en-GB')} bytes`,
      'Save the table with larger row groups.',
    )
  }
  const footer = await source.read(source.size - 8 - length, source.size)
  if (checkThrift(footer, 0) > length) throw corruptTable('is damaged: its footer has no end')
  return decodeStep('the footer', () => parquetMetadata(footer, { geoparquet: false }))
}
