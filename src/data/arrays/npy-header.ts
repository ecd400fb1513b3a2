import { NPY_HEADER_BYTES, NPY_TEXT_BYTES } from '../../core/caps'
import { Refusal } from '../../core/refusal'
import { quoted } from '../../core/display-text'
import { checkLength, corruptArray, type ArrayHeader, type ElementKind } from './array-header'
import type { ByteSource } from '../../archive/byte-source'

/** `\x93NUMPY`, two bytes of version, two or four of length. */
const PREFIX_BYTES = 12
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

const ELEMENTS: ReadonlyMap<string, ElementKind> = new Map([
  ['b1', 'bool'],
  ['i1', 'int8'],
  ['u1', 'uint8'],
  ['i2', 'int16'],
  ['u2', 'uint16'],
  ['i4', 'int32'],
  ['u4', 'uint32'],
  ['i8', 'int64'],
  ['u8', 'uint64'],
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
])

export function isNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, index) => head[index] === byte)
}

/**
 * The header of an NPY file, versions 1 to 3 (numpy.lib.format). It is a literal of three keys and is
 * read as that alone: NumPy evaluates it as Python.
 * @throws {Refusal} where it says anything else, or other sizes than the file has
 */
export async function readNpyHeader(source: ByteSource): Promise<ArrayHeader> {
  const prefix = await source.read(0, Math.min(PREFIX_BYTES, source.size))
  if (!isNpy(prefix) || prefix.length < PREFIX_BYTES) throw corruptArray('is no NumPy array')
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.length)
  const version = view.getUint8(6)
  if (version < 1 || version > 3) {
    throw corruptArray(`is a NumPy array of version ${String(version)}; 1 to 3 are read`)
  }
  const start = version === 1 ? 10 : PREFIX_BYTES
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > NPY_HEADER_BYTES) {
    throw corruptArray(
      `has a header of ${length.toLocaleString('en-GB')} bytes; ${NPY_HEADER_BYTES.toLocaleString('en-GB')} is the most`,
    )
  }
  const dataStart = start + length
  if (dataStart > source.size) throw corruptArray('is cut within its header')
  const text = new TextDecoder().decode(await source.read(start, dataStart))
  const { descr, isFortran, shape } = readLiteral(text)
  const header = { ...elementOf(descr), shape, isFortran, dataStart }
  checkLength(header, source.size)
  return header
}

interface Literal {
  readonly descr: string
  readonly isFortran: boolean
  readonly shape: readonly number[]
}

const KEY = /\s*'(descr|fortran_order|shape)'\s*:\s*/y
const VALUE = {
  descr: /'([^'\\]{1,64})'/y,
  fortran_order: /(True|False)/y,
  /** Python 2 wrote long integers with an L. */
  shape: /\(([\d\sL,]*)\)/y,
}

function readLiteral(text: string): Literal {
  const found = new Map<string, string>()
  let at = text.indexOf('{') + 1
  if (text.slice(0, at).trim() !== '{') throw noLiteral()
  while (found.size < 3) {
    const [keyText = '', key] = matchAt(KEY, text, at)
    if (key !== 'descr' && key !== 'fortran_order' && key !== 'shape') throw noLiteral()
    at += keyText.length
    if (key === 'descr' && text.charAt(at) === '[') throw structured()
    const [valueText, value = ''] = matchAt(VALUE[key], text, at)
    if (valueText === undefined || found.has(key)) throw noLiteral()
    at += valueText.length
    found.set(key, value)
    const [comma = ''] = matchAt(/\s*,?/y, text, at)
    if (found.size < 3 && !comma.endsWith(',')) throw noLiteral()
    at += comma.length
  }
  if (text.slice(at).trim() !== '}') throw noLiteral()
  return {
    descr: found.get('descr') ?? '',
    isFortran: found.get('fortran_order') === 'True',
    shape: readShape(found.get('shape') ?? ''),
  }
}

function matchAt(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at
  return pattern.exec(text) ?? []
}

function readShape(text: string): readonly number[] {
  const sizes = text.split(',').map((size) => size.trim())
  if (sizes.at(-1) === '') sizes.pop()
  else if (sizes.length === 1) throw noLiteral()
  return sizes.map((size) => {
    if (!/^\d{1,19}L?$/.test(size)) throw noLiteral()
    return Number.parseInt(size, 10)
  })
}

function elementOf(descr: string): Pick<ArrayHeader, 'element' | 'itemBytes' | 'isLittleEndian'> {
  const [, order = '', kind = '', size = ''] =
    /^([<>|=]?)([a-zA-Z])(\d{0,9})(?:\[\w+\])?$/.exec(descr) ?? []
  const isLittleEndian = order !== '>'
  const element = ELEMENTS.get(kind + size)
  if (element !== undefined) return { element, itemBytes: Number(size), isLittleEndian }
  const bytes = Number(size) * (kind === 'U' ? 4 : 1)
  if ((kind === 'U' || kind === 'S') && bytes > 0 && bytes <= NPY_TEXT_BYTES) {
    return { element: kind === 'U' ? 'unicode' : 'bytes', itemBytes: bytes, isLittleEndian }
  }
  if (kind === 'O') {
    throw new Refusal(
      'file-unsafe',
      'holds Python objects, which are pickled and could run code; it is not opened',
      'Save the array with a type of numbers or texts, for example array.astype("float32").',
    )
  }
  throw new Refusal(
    'data-malformed',
    `holds elements of the type ${quoted(descr)}, which is not read`,
    'Save the array as numbers or texts, for example with array.astype("float32") or "int64".',
  )
}

function structured(): Refusal {
  return new Refusal(
    'data-malformed',
    'holds a structured array',
    'Save its fields as arrays of their own, for example numpy.savez(file, **{name: a[name] for name in a.dtype.names}).',
  )
}

function noLiteral(): Refusal {
  return corruptArray('has a header that is no description of an array')
}
