import { IDX_AXES } from '../../core/caps'
import type { ByteSource } from '../../archive/byte-source'
import { checkLength, corruptArray, type ArrayHeader, type ElementKind } from './array-header'

/** Third byte of the file → element; all are written high byte first. */
const ELEMENTS: ReadonlyMap<number, readonly [element: ElementKind, bytes: number]> = new Map([
  [0x08, ['uint8', 1]],
  [0x09, ['int8', 1]],
  [0x0b, ['int16', 2]],
  [0x0c, ['int32', 4]],
  [0x0d, ['float32', 4]],
  [0x0e, ['float64', 8]],
] as const)

/** Two zeros, an element type, a number of axes; the rest is sizes and numbers. */
export function isIdx(head: Uint8Array): boolean {
  const axes = head[3] ?? 0
  return (
    head.length >= 8 &&
    head[0] === 0 &&
    head[1] === 0 &&
    ELEMENTS.has(head[2] ?? 0) &&
    axes >= 1 &&
    axes <= IDX_AXES
  )
}

/**
 * The header of an IDX file, the format of MNIST (yann.lecun.com/exdb/mnist).
 * @throws {Refusal} where its sizes are not those of the file
 */
export async function readIdxHeader(source: ByteSource): Promise<ArrayHeader> {
  const head = await source.read(0, Math.min(4 + 4 * IDX_AXES, source.size))
  const [element, itemBytes] = ELEMENTS.get(head[2] ?? 0) ?? []
  if (!isIdx(head) || element === undefined || itemBytes === undefined) {
    throw corruptArray('is no IDX file')
  }
  const axes = head[3] ?? 0
  const dataStart = 4 + 4 * axes
  if (dataStart > source.size) throw corruptArray('is cut within its header')
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis))
  const header = { element, itemBytes, isLittleEndian: false, shape, isFortran: false, dataStart }
  checkLength(header, source.size)
  return header
}
