import { TENSOR_RANK } from '../../core/caps'
import { Refusal } from '../../core/refusal'

/** What one element of an array is, in NumPy's words; `unicode` is UCS-4 text, `bytes` one of bytes. */
export type ElementKind =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64'
  | 'unicode'
  | 'bytes'

/** Where the numbers of an array stand in its file and how they are written. */
export interface ArrayHeader {
  readonly element: ElementKind
  readonly itemBytes: number
  readonly isLittleEndian: boolean
  readonly shape: readonly number[]
  /** The first axis changes fastest. */
  readonly isFortran: boolean
  /** Byte of the first element. */
  readonly dataStart: number
}

/** Elements of the array; refuses sizes that no file has. */
export function elementCount(shape: readonly number[]): number {
  if (shape.length > TENSOR_RANK) throw corruptArray(`has ${String(shape.length)} axes`)
  const isEmpty = shape.includes(0)
  let count = 1
  for (const size of shape) {
    count *= size
    if (!Number.isSafeInteger(size) || (!isEmpty && !Number.isSafeInteger(count))) {
      throw corruptArray(`has the impossible shape ${shapeText(shape)}`)
    }
  }
  return isEmpty ? 0 : count
}

/** Holds what the header declares against the bytes that there are, before any memory is taken. */
export function checkLength(header: ArrayHeader, fileBytes: number): void {
  const wanted = elementCount(header.shape) * header.itemBytes
  const found = fileBytes - header.dataStart
  if (wanted === found) return
  const declared = `declares ${shapeText(header.shape)} of ${header.element}, ${wanted.toLocaleString('en-GB')} bytes`
  throw found < wanted
    ? corruptArray(`is cut: its header ${declared}, and ${found.toLocaleString('en-GB')} are there`)
    : corruptArray(
        `holds more than its array: its header ${declared}, and ${found.toLocaleString('en-GB')} are there`,
      )
}

/** As NumPy writes it: `(60000, 28, 28)`, of hostile headers the first axes. */
export function shapeText(shape: readonly number[]): string {
  const shown = shape.slice(0, 8).map(String)
  if (shape.length > shown.length) shown.push('…')
  return shape.length === 1 ? `(${shown.join('')},)` : `(${shown.join(', ')})`
}

export function corruptArray(finding: string): Refusal {
  const advice = 'Copy the file again, or save the array once more with the program that made it.'
  return new Refusal('data-malformed', finding, advice)
}
