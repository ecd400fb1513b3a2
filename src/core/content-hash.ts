import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * SHA-256 over bytes that arrive piece by piece. Models and datasets are both named by it, so it
 * stands in core, the one room that both may import. Written in JavaScript, some 230 MB/s: the
 * browser's own `crypto.subtle` takes whole buffers only, and is absent on plain http.
 */
export class ContentHash {
  private readonly hash = sha256.create()

  update(bytes: Uint8Array): void {
    this.hash.update(bytes)
  }

  /** Lower-case hex. Ends the hash: no update may follow. */
  digest(): string {
    return bytesToHex(this.hash.digest())
  }
}

/** SHA-256 of `bytes` as lower-case hex. */
export function contentHash(bytes: Uint8Array): string {
  const hash = new ContentHash()
  hash.update(bytes)
  return hash.digest()
}
