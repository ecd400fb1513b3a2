import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { imageShape, type ImageSettings } from '../../../../src/core/image-settings'
import { imageGeometry } from '../../../../src/data/images/image-geometry'
import { imageLevels } from '../../../../src/data/images/image-levels'
import { normalise } from '../../../../src/data/images/pixel-tensor'

interface Case {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly settings: ImageSettings
  /** Base64 of height × width × 3 bytes. */
  readonly pixels: string
  readonly levels: string
  /** Base64 of float32, little-endian. */
  readonly values: string
}

const file = new URL('../../../reference/images.expected.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] }

describe.each(cases)('$name', ({ width, height, settings, pixels, levels, values }) => {
  const rgba = withAlpha(bytesOf(pixels))
  const source = {
    ...{ width, height },
    read: (top: number, rows: number) => rgba.slice(top * width * 4, (top + rows) * width * 4),
  }
  const made = new Uint8Array(imageShape(settings).reduce((product, size) => product * size, 1))

  test('levels are those of Pillow, to the byte', () => {
    const geometry = imageGeometry({ width, height }, settings)
    if (geometry === null) throw new Error('the cut does not fit')
    imageLevels(source, geometry, settings, made)
    expect([...made]).toEqual([...bytesOf(levels)])
  })

  test('values are those of float32 arithmetic, to the bit', () => {
    const expected = new Float32Array(bytesOf(values).buffer)
    expect([...normalise(bytesOf(levels), settings)]).toEqual([...expected])
  })
})

test('an image that is not resized and smaller than the cut has no geometry', () => {
  const settings = { ...(cases[0] as Case).settings, resize: 'none', width: 30, height: 8 } as const
  expect(imageGeometry({ width: 29, height: 40 }, settings)).toBeNull()
  expect(imageGeometry({ width: 30, height: 40 }, settings)?.top).toBe(16)
})

test('transparent pixels keep their colour', () => {
  const settings: ImageSettings = {
    ...{ resize: 'none', shorterSide: 1, width: 2, height: 1, layout: 'nhwc', channels: 'bgr' },
    ...{ scale: 1, mean: [0, 0, 0], std: [1, 1, 1] },
  }
  const rgba = Uint8ClampedArray.of(10, 20, 30, 255, 40, 50, 60, 254)
  const into = new Uint8Array(6)
  const geometry = imageGeometry({ width: 2, height: 1 }, settings)
  if (geometry === null) throw new Error('the cut does not fit')
  const source = { width: 2, height: 1, read: () => rgba }
  imageLevels(source, geometry, settings, into)
  expect([...into]).toEqual([30, 20, 10, 60, 50, 40])
})

/** A buffer of its own, at offset 0. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, 'base64'))
}

function withAlpha(rgb: Uint8Array): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255)
  for (let pixel = 0; pixel < rgb.length / 3; pixel++) {
    rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
  }
  return rgba
}
