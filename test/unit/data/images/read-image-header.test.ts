import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readImageHeader } from '../../../../src/data/images/read-image-header'

const FOLDER = new URL('../../../fixtures/images/', import.meta.url)
const read = (name: string): Uint8Array => Uint8Array.from(readFileSync(new URL(name, FOLDER)))

const upright = { width: 24, height: 16, bits: 8, isCmyk: false, isAnimated: false, orientation: 1 }

describe('an image that is read', () => {
  test.each([
    ['plain.png', { format: 'PNG' }],
    ['gamma.png', { format: 'PNG' }],
    ['plain.jpg', { format: 'JPEG' }],
    ['progressive.jpg', { format: 'JPEG' }],
    ['grey.jpg', { format: 'JPEG' }],
    ['lossy.webp', { format: 'WebP' }],
    ['lossless.webp', { format: 'WebP' }],
    ['alpha.webp', { format: 'WebP' }],
    ['deep.png', { format: 'PNG', bits: 16 }],
    ['turned.jpg', { format: 'JPEG', orientation: 6 }],
    ['animated.png', { format: 'PNG', isAnimated: true }],
    ['animated.webp', { format: 'WebP', isAnimated: true }],
  ])('%s', (name, header) => {
    expect(readImageHeader(read(name))).toEqual({ ...upright, ...header })
  })
})

describe('an image that is not read', () => {
  test.each([
    ['cut.jpg', 'is cut short'],
    ['cut.png', 'is cut short'],
    ['cut.webp', 'is cut short'],
    ['flipped.png', 'is a damaged PNG: a checksum does not fit'],
    ['cmyk.jpg', 'is in CMYK, whose colours every decoder reads differently'],
    ['huge.png', 'has 60,000 × 60,000 pixels, at most 89,478,485 are decoded'],
    ['film.gif', 'is a GIF, which is not read'],
    ['script.svg', 'is an SVG, which can run scripts and is not read'],
    ['text.png', 'is no PNG, JPEG or WebP image'],
  ])('G62, H69 %s', (name, finding) => {
    expect(readImageHeader(read(name))).toEqual({ finding })
  })

  test('an empty file', () => {
    expect(readImageHeader(new Uint8Array())).toEqual({ finding: 'is empty' })
  })

  test('H69 decodes more pixels where the limit is raised', () => {
    const bytes = read('plain.png')
    expect(readImageHeader(bytes, 10)).toEqual({
      finding: expect.stringContaining('at most 10 are decoded') as string,
    })
    expect(readImageHeader(bytes)).toMatchObject({ format: 'PNG' })
  })
})

const WHOLE = ['plain.png', 'turned.jpg', 'progressive.jpg', 'lossy.webp', 'animated.webp']

describe('any bytes', () => {
  test('cut anywhere, a file is refused', () => {
    for (const name of WHOLE) {
      const bytes = read(name)
      for (let length = 0; length < bytes.length; length++) {
        expect(
          readImageHeader(bytes.subarray(0, length)),
          `${name} ${String(length)}`,
        ).toHaveProperty('finding')
      }
    }
  })

  test('changed anywhere, a file gives a header within the cap or a finding', () => {
    const files = WHOLE.map(read)
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255) })
    const changes = fc.array(change, { minLength: 1, maxLength: 6 })
    const isSane = (file: Uint8Array, edits: readonly { at: number; byte: number }[]): boolean => {
      const bytes = file.slice()
      for (const { at, byte } of edits) bytes[at % bytes.length] = byte
      return isSaneHeader(bytes)
    }
    fc.assert(fc.property(fc.constantFrom(...files), changes, isSane), {
      numRuns: 60_000,
      endOnFailure: true,
    })
  })

  test('of no format give a finding or a header within the cap', () => {
    const heads = [
      [0xff, 0xd8, 0xff],
      [...read('plain.png').subarray(0, 33)],
      [...read('lossy.webp').subarray(0, 16)],
      [],
    ]
    const bytes = fc.tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 60 }))
    fc.assert(
      fc.property(bytes, ([head, tail]) => isSaneHeader(Uint8Array.of(...head, ...tail))),
      { numRuns: 40_000, endOnFailure: true },
    )
  })
})

function isSaneHeader(bytes: Uint8Array): boolean {
  const header = readImageHeader(bytes)
  if ('finding' in header) return header.finding.length > 0
  const { width, height, orientation } = header
  return width * height >= 1 && width * height <= 89_478_485 && orientation >= 1 && orientation <= 8
}
