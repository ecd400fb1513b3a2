import { ContentHash } from '../core/content-hash'
import type { Targets } from '../core/task'

type AnswerNumbers = Float32Array | Float64Array | readonly string[]

/**
 * SHA-256 over the true answers of all rows, in order: two reports with the same one compared models
 * on the same rows. Numbers count as their bytes, little end first; for policies the prices they
 * traded at and the bounds of their windows; for parity what answers are held against.
 * @param reference answers of the model that is the reference of a parity check
 */
export function pairingHash(targets: Targets, reference: AnswerNumbers | null = null): string {
  const hash = new ContentHash()
  const add = (values: Int32Array | Float64Array) => {
    hash.update(bytesOf(values))
  }
  if (targets.kind === 'classification') add(targets.classes)
  else if (targets.kind === 'regression') add(targets.values)
  else if (targets.kind === 'parity') {
    const answers = targets.recorded?.data ?? reference ?? []
    if (ArrayBuffer.isView(answers)) hash.update(bytesOf(answers))
    else hash.update(new TextEncoder().encode(JSON.stringify(answers)))
  } else {
    const { open, close, spread, windows } = targets
    for (const prices of [open ?? new Float64Array(), close, spread]) add(prices)
    add(Int32Array.from(windows.flatMap(({ start, end }) => [start, end])))
  }
  return hash.digest()
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
