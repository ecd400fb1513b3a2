import { FORTRAN_BYTES } from '../../core/caps'
import type { ByteSource } from '../../archive/byte-source'
import type { TensorValues } from '../../core/dataset'
import { Refusal } from '../../core/refusal'
import type { ArrayHeader } from './array-header'
import { decodeElements, type Elements } from './decode-elements'

/** An array in a file or in an archive, named as people call it. */
export interface NamedArray {
  readonly name: string
  readonly header: ArrayHeader
  readonly source: ByteSource
}

/** Rows of an array, row-major however the file orders them. */
export class ArrayRows {
  /** Elements of one row. */
  readonly width: number
  #whole: Elements | null = null
  #places: Uint32Array | null = null

  constructor(readonly array: NamedArray) {
    this.width = array.header.shape.slice(1).reduce((product, size) => product * size, 1)
  }

  /** Rows `from` … `to − 1`. */
  async read(from: number, to: number): Promise<Elements> {
    const { header, source } = this.array
    const rowBytes = this.width * header.itemBytes
    if (header.isFortran && header.shape.length > 1) return this.#readFortran(from, to)
    const start = header.dataStart + from * rowBytes
    return decodeElements(await source.read(start, start + (to - from) * rowBytes), header)
  }

  async #readFortran(from: number, to: number): Promise<Elements> {
    const { header, source } = this.array
    const bytes = source.size - header.dataStart
    if (bytes > FORTRAN_BYTES) {
      throw new Refusal(
        'file-too-large',
        `is in Fortran order and has ${bytes.toLocaleString('en-GB')} bytes; ${FORTRAN_BYTES.toLocaleString('en-GB')} is the most in that order`,
        'Save it in C order: numpy.ascontiguousarray(array).',
      )
    }
    const whole = (this.#whole ??= decodeElements(
      await source.read(header.dataStart, source.size),
      header,
    ))
    const places = (this.#places ??= fortranPlaces(header.shape))
    const rows = header.shape[0] ?? 0
    const count = (to - from) * this.width
    const placeOf = (element: number): number => {
      const row = from + Math.floor(element / this.width)
      return row + rows * (places[element % this.width] as number)
    }
    if (whole.kind === 'texts') {
      const texts = Array.from({ length: count }, (_, i) => whole.texts[placeOf(i)] ?? '')
      return { kind: 'texts', texts }
    }
    const values = whole.values.slice(0, count) as TensorValues
    for (let i = 0; i < count; i += 1) values[i] = whole.values[placeOf(i)] as number
    return { kind: 'numbers', values, rounded: from === 0 ? whole.rounded : 0 }
  }
}

/** By place within a row in C order: its place in Fortran order, the first axis apart. */
function fortranPlaces(shape: readonly number[]): Uint32Array {
  const axes = shape.slice(1)
  const width = axes.reduce((product, size) => product * size, 1)
  const strides = axes.map((_, axis) => axes.slice(0, axis).reduce((a, b) => a * b, 1))
  return Uint32Array.from({ length: width }, (_, element) => {
    let rest = element
    let place = 0
    for (let axis = axes.length - 1; axis >= 0; axis -= 1) {
      const size = axes[axis] as number
      place += (rest % size) * (strides[axis] as number)
      rest = Math.floor(rest / size)
    }
    return place
  })
}
