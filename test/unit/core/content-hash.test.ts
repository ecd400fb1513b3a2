import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { contentHash, ContentHash } from '../../../src/core/content-hash'

describe('contentHash', () => {
  it('is SHA-256 in lower-case hex', () => {
    expect(contentHash(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('does not depend on how the bytes come', () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251)
    const hash = new ContentHash()
    for (let start = 0; start < 1000; start += 77) hash.update(bytes.subarray(start, start + 77))
    expect(hash.digest()).toBe(createHash('sha256').update(bytes).digest('hex'))
  })
})
