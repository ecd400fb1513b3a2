import { ContentHash } from '../core/content-hash'
import type { Targets } from '../core/task'

/**
 * SHA-256 over the true answers of all rows, in order: two reports with the same one compared models
 * on the same rows. Numbers count as their bytes, little end first; for policies the prices they
 * traded at and the bounds of their windows.
 */
export function pairingHash(targets: Targets): string {
  const hash = new ContentHash()
  const add = (values: Int32Array | Float64Array) => {
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  if (targets.kind === 'classification') add(targets.classes)
  else if (targets.kind === 'regression') add(targets.values)
  else {
    const { open, close, spread, windows } = targets
    for (const prices of [open ?? new Float64Array(), close, spread]) add(prices)
    add(Int32Array.from(windows.flatMap(({ start, end }) => [start, end])))
  }
  return hash.digest()
}
