interface Signature {
  readonly offset: number
  readonly bytes: readonly number[]
  /** Completes "This is …". */
  readonly kind: string
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))

/** What {@link fileKind} calls weights without a graph. */
export const SAFETENSORS = 'a safetensors file'

/** First bytes of well-known formats. None of them can start an ONNX file or a table. */
const SIGNATURES: readonly Signature[] = [
  {
    offset: 0,
    bytes: ascii('PK\x03\x04'),
    kind: 'a zip archive (as .pt, .npz and .xlsx files are)',
  },
  { offset: 0, bytes: ascii('PK\x05\x06'), kind: 'an empty zip archive' },
  { offset: 0, bytes: [0x1f, 0x8b], kind: 'a gzip archive' },
  { offset: 0, bytes: ascii('BZh'), kind: 'a bzip2 archive' },
  { offset: 0, bytes: [0xfd, ...ascii('7zXZ')], kind: 'an xz archive' },
  { offset: 0, bytes: [...ascii('7z'), 0xbc, 0xaf], kind: 'a 7-Zip archive' },
  { offset: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: 'a Zstandard archive' },
  { offset: 257, bytes: ascii('ustar'), kind: 'a tar archive' },
  { offset: 0, bytes: [0x89, ...ascii('PNG')], kind: 'a PNG image' },
  { offset: 0, bytes: [0xff, 0xd8, 0xff], kind: 'a JPEG image' },
  { offset: 0, bytes: ascii('GIF8'), kind: 'a GIF image' },
  { offset: 0, bytes: ascii('%PDF'), kind: 'a PDF document' },
  { offset: 0, bytes: [0x89, ...ascii('HDF')], kind: 'an HDF5 file (as Keras models are)' },
  { offset: 0, bytes: [0x93, ...ascii('NUMPY')], kind: 'a NumPy array' },
  { offset: 0, bytes: ascii('PAR1'), kind: 'a Parquet table' },
  { offset: 0, bytes: ascii('GGUF'), kind: 'a GGUF model' },
  { offset: 0, bytes: ascii('ARROW1'), kind: 'an Arrow table' },
  {
    offset: 0,
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    kind: 'an old Office document (as .xls files are)',
  },
  { offset: 4, bytes: ascii('TFL3'), kind: 'a TensorFlow Lite model' },
  { offset: 4, bytes: ascii('ORTM'), kind: 'a model in the ORT format' },
  // Eight bytes of length, the last two of them zero, before a JSON header.
  { offset: 6, bytes: [0, 0, ...ascii('{"')], kind: SAFETENSORS },
  { offset: 6, bytes: [0, 0, ...ascii('{}')], kind: SAFETENSORS },
  { offset: 0, bytes: [0x80, 2], kind: 'a Python pickle' },
  { offset: 0, bytes: [0x80, 3], kind: 'a Python pickle' },
  { offset: 0, bytes: [0x80, 4], kind: 'a Python pickle' },
  { offset: 0, bytes: [0x80, 5], kind: 'a Python pickle' },
]

const HEAD_BYTES = 1024

/**
 * What a file is by its first bytes, to complete "This is …"; null where no signature fits, as none
 * does for ONNX and for delimited text.
 */
export function fileKind(bytes: Uint8Array): string | null {
  const signature = SIGNATURES.find(({ offset, bytes: wanted }) =>
    wanted.every((byte, index) => bytes[offset + index] === byte),
  )
  if (signature !== undefined) return signature.kind
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES)).trimStart().toLowerCase()
  if (/^(<!doctype html|<html|<head|<body)/.test(head)) return 'an HTML page'
  if (head.startsWith('<?xml')) return 'an XML document'
  if (head.startsWith('version https://git-lfs')) return 'a Git LFS pointer, not the file itself'
  return null
}
