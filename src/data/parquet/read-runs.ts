import { corruptTable } from '../columnar/corrupt-table'

/**
 * Decodes `count` numbers of `bitWidth` bits in Parquet's hybrid of run lengths and bit packing.
 * Runs that claim more numbers than are wanted are cut, as writers pad the last one.
 */
export function readRuns(bytes: Uint8Array, bitWidth: number, count: number): Int32Array {
  if (bitWidth > 32) throw corruptTable('is damaged: numbers of more than 32 bits in a page')
  const output = new Int32Array(count)
  let offset = 0
  let filled = 0
  while (filled < count) {
    let header = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[offset++]
      if (byte === undefined || shift > 28) throw tooShort()
      header += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    const run = Math.floor(header / 2)
    if (header % 2 === 1) {
      const taken = Math.min(run * 8, count - filled)
      unpack(bytes.subarray(offset), bitWidth, output.subarray(filled, filled + taken))
      offset += run * bitWidth
      filled += taken
    } else {
      const width = (bitWidth + 7) >> 3
      if (offset + width > bytes.length) throw tooShort()
      let value = 0
      for (let byte = 0; byte < width; byte += 1) value |= (bytes[offset++] ?? 0) << (byte * 8)
      const taken = Math.min(run, count - filled)
      // An empty run is legal, but a page of nothing else would take for ever.
      if (taken === 0 && offset >= bytes.length) throw tooShort()
      output.fill(value, filled, filled + taken)
      filled += taken
    }
  }
  return output
}

/** Fills `output` with packed numbers; what follows them in the last group of eight is padding. */
function unpack(bytes: Uint8Array, bitWidth: number, output: Int32Array): void {
  if (Math.ceil((output.length * bitWidth) / 8) > bytes.length) throw tooShort()
  if (bitWidth > 24) {
    unpackWide(bytes, bitWidth, output)
    return
  }
  const mask = (1 << bitWidth) - 1
  let offset = 0
  let buffer = 0
  let bits = 0
  for (let index = 0; index < output.length; index += 1) {
    while (bits < bitWidth) {
      buffer |= (bytes[offset++] as number) << bits
      bits += 8
    }
    output[index] = buffer & mask
    buffer >>>= bitWidth
    bits -= bitWidth
  }
}

function unpackWide(bytes: Uint8Array, bitWidth: number, output: Int32Array): void {
  let bit = 0
  for (let index = 0; index < output.length; index += 1) {
    let value = 0
    for (let done = 0; done < bitWidth; done += 1, bit += 1) {
      if (((bytes[bit >> 3] as number) >> (bit & 7)) & 1) value |= 1 << done
    }
    output[index] = value
  }
}

function tooShort(): Error {
  return corruptTable('is damaged: a page ends before its last value')
}
