/** Pillow keeps weights of 8-bit images as integers of this many binary places. */
const PRECISION_BITS = 22
const HALF = 1 << (PRECISION_BITS - 1)

/** For each place of a cut along one axis: which pixels it is made of, and how much of each. */
export interface AxisWeights {
  /** First source pixel of each place. */
  readonly first: Int32Array
  readonly taps: Int32Array
  /** `stride` per place, of which the first `taps` count; they sum up to about 2^22. */
  readonly weights: Int32Array
  readonly stride: number
}

/**
 * Weights of Pillow's `Image.resize(…, BILINEAR)`, which widens its triangle when it shrinks, so that
 * every source pixel counts (antialias). Source: Pillow, src/libImaging/Resample.c.
 * @param from pixels of the source
 * @param to pixels after resizing
 * @param start first place of the cut, of `count`
 */
export function axisWeights(from: number, to: number, start: number, count: number): AxisWeights {
  const first = new Int32Array(count)
  const taps = new Int32Array(count)
  if (from === to) {
    for (let place = 0; place < count; place++) first[place] = start + place
    return {
      first,
      taps: taps.fill(1),
      weights: new Int32Array(count).fill(2 * HALF),
      stride: 1,
    }
  }
  const scale = from / to
  const support = Math.max(1, scale)
  const narrowing = 1 / support
  const stride = Math.ceil(support) * 2 + 1
  const weights = new Int32Array(count * stride)
  const exact = new Float64Array(stride)
  for (let place = 0; place < count; place++) {
    const centre = (start + place + 0.5) * scale
    const low = Math.max(0, Math.trunc(centre - support + 0.5))
    const high = Math.min(from, Math.trunc(centre + support + 0.5))
    let sum = 0
    for (let tap = 0; tap < high - low; tap++) {
      const weight = Math.max(0, 1 - Math.abs((tap + low - centre + 0.5) * narrowing))
      exact[tap] = weight
      sum += weight
    }
    for (let tap = 0; tap < high - low; tap++) {
      const weight = (exact[tap] ?? 0) / sum
      weights[place * stride + tap] = Math.trunc(0.5 + weight * (2 * HALF))
    }
    first[place] = low
    taps[place] = high - low
  }
  return { first, taps, weights, stride }
}

/** Rows of interleaved channels, 8 bits each. */
export interface PixelRows {
  readonly pixels: Uint8Array | Uint8ClampedArray
  /** Pixels per row. */
  readonly width: number
  readonly rows: number
  readonly channels: number
}

/** Resizes and cuts along the rows; `into` takes `rows` × places × channels. */
export function resampleRows(source: PixelRows, axis: AxisWeights, into: Uint8Array): void {
  const { pixels, width, rows, channels } = source
  const { first, taps, weights, stride } = axis
  const places = first.length
  let next = 0
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < places; place++) {
      const base = (row * width + (first[place] as number)) * channels
      const count = taps[place] as number
      for (let channel = 0; channel < channels; channel++) {
        let sum = HALF
        for (let tap = 0; tap < count; tap++) {
          sum +=
            (pixels[base + tap * channels + channel] as number) *
            (weights[place * stride + tap] as number)
        }
        into[next++] = clip(sum)
      }
    }
  }
}

/**
 * Resizes and cuts along the columns.
 * @param lineBytes bytes of a row: places × channels
 * @returns one byte row per place
 */
export function resampleColumns(
  pixels: Uint8Array,
  lineBytes: number,
  axis: AxisWeights,
): Uint8Array {
  const { first, taps, weights, stride } = axis
  const into = new Uint8Array(first.length * lineBytes)
  const sums = new Int32Array(lineBytes)
  for (let place = 0; place < first.length; place++) {
    sums.fill(HALF)
    for (let tap = 0; tap < (taps[place] as number); tap++) {
      const weight = weights[place * stride + tap] as number
      const line = ((first[place] as number) + tap) * lineBytes
      for (let byte = 0; byte < lineBytes; byte++) {
        sums[byte] = (sums[byte] as number) + (pixels[line + byte] as number) * weight
      }
    }
    const out = place * lineBytes
    for (let byte = 0; byte < lineBytes; byte++) into[out + byte] = clip(sums[byte] as number)
  }
  return into
}

/** Weights are rounded one by one and may sum up to a little more than 1. */
function clip(sum: number): number {
  const value = sum >> PRECISION_BITS
  return value > 255 ? 255 : value
}
