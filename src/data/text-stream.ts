import { quoted } from '../core/display-text'
import { errorText, failed, success, type Outcome } from '../core/failure'
import type { DataFile } from './data-format'

/** Read at once; also the sample from which delimiter and column types are guessed. */
const SLICE_BYTES = 2 ** 20

export interface TextSlice {
  readonly text: string
  readonly isLast: boolean
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** The encoding that a byte order mark names; UTF-8 without one. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** A file as text, slice by slice, without its byte order mark. Characters are never torn. */
export class TextStream {
  private offset = 0
  private decoder: TextDecoder | null = null

  /** `onBytes` gets the bytes of each slice, in order, before they are decoded. */
  constructor(
    private readonly file: DataFile,
    private readonly onBytes: (bytes: Uint8Array, end: number) => void,
  ) {}

  /** `line` gives the file's line in which the text goes on, for messages. */
  async next(line: () => number): Promise<Outcome<TextSlice>> {
    const { file, offset } = this
    const end = Math.min(offset + SLICE_BYTES, file.size)
    const bytes = new Uint8Array(await file.slice(offset, end).arrayBuffer())
    this.offset = end
    this.onBytes(bytes, end)
    this.decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true })
    const isLast = end >= file.size
    try {
      return success({ text: this.decoder.decode(bytes, { stream: !isLast }), isLast })
    } catch (error) {
      const { encoding } = this.decoder
      return failed(
        'data-malformed',
        `${quoted(file.name)} is not ${encoding.toUpperCase()} text: line ${String(line() + goodLines(bytes, encoding))} holds bytes that are no character.`,
        'Save the file as UTF-8 and add it again.',
        errorText(error),
      )
    }
  }
}

/** Line breaks before the first undecodable byte of a slice. */
function goodLines(bytes: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(bytes)
  // A character torn by the slice's start shows as one replacement character at the very front.
  const bad = text.indexOf('\ufffd', 1)
  return countLineBreaks(bad === -1 ? text : text.slice(0, bad))
}

/** CRLF, LF and lone CR each end one line. */
export function countLineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}
