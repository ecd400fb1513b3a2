import { ARROW_METADATA_BYTES, ARROW_BODY_BYTES } from '../../core/caps'
import type { ByteSource } from '../../archive/byte-source'
import { Refusal } from '../../core/refusal'
import { ByteWindow } from '../columnar/byte-window'
import { corruptTable, decodeStep } from '../columnar/corrupt-table'
import { checkMetadata, type MessageHead } from './check-metadata'

const FILE_MAGIC_BYTES = 8
const CONTINUATION = 0xffffffff

export interface Message extends MessageHead {
  /** With its prefix and body, aligned. */
  readonly bytes: Uint8Array
  /** Byte of the file after it. */
  readonly end: number
}

/**
 * The messages of an Arrow stream, one after another. A file is a stream between two marks, followed
 * by a list of places that is not needed to read it from front to back.
 */
export async function* readMessages(source: ByteSource, isFile: boolean): AsyncGenerator<Message> {
  const window = new ByteWindow(source, isFile ? FILE_MAGIC_BYTES : 0, source.size)
  for (;;) {
    if (window.remaining < 4) return
    const head = await window.peek(8)
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    // Before version 0.15 a message had no mark in front of its length.
    const hasMark = view.getUint32(0, true) === CONTINUATION
    if (hasMark && head.length < 8) throw corruptTable('is cut: it ends within a message')
    const length = view.getInt32(hasMark ? 4 : 0, true)
    if (length === 0) return
    const prefix = hasMark ? 8 : 4
    if (length < 0 || length > ARROW_METADATA_BYTES || length > window.remaining - prefix) {
      throw corruptTable('is cut or damaged: a message goes on past its end')
    }
    const metadata = (await window.peek(prefix + length)).subarray(prefix)
    const message = decodeStep('a message', () => checkMetadata(metadata))
    if (message.bodyLength > window.remaining - prefix - length) {
      throw corruptTable('is cut or damaged: a message goes on past its end')
    }
    if (message.bodyLength > ARROW_BODY_BYTES) throw tooLarge(message.bodyLength)
    const bytes = (await window.take(prefix + length + message.bodyLength)).slice()
    yield { ...message, bytes, end: window.position }
  }
}

function tooLarge(bytes: number): Refusal {
  return new Refusal(
    'file-too-large',
    `has a record batch of ${bytes.toLocaleString('en-GB')} bytes`,
    'Write the table once more in batches of some 65,536 rows, as writers do by default.',
  )
}
