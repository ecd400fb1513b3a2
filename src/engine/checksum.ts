import type { AnswerData } from '../contract/evaluator'

const OFFSET_BASIS = 0x811c9dc5
const PRIME = 0x01000193

/**
 * FNV-1a over the 32-bit words of the numbers, or over the UTF-16 units of the texts and their
 * lengths. Finds a changed byte; no protection against intent. About 1 GB/s.
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function checksum(data: AnswerData): number {
  let hash = OFFSET_BASIS
  if (ArrayBuffer.isView(data)) {
    const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)
    for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ (words[i] ?? 0), PRIME)
    return hash >>> 0
  }
  for (const text of data) {
    hash = Math.imul(hash ^ text.length, PRIME)
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
  }
  return hash >>> 0
}
