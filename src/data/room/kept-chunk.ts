import type { ColumnChunk, TensorValues } from '../../core/dataset'
import type { KeptValues } from './value-room'

/** Chunks whose values are fetched when they are asked for. */
export function numericChunk(kept: KeptValues<Float64Array>): ColumnChunk {
  return {
    kind: 'numeric',
    get values() {
      return kept.read()
    },
  }
}

export function textChunk(kept: KeptValues<Int32Array>): ColumnChunk {
  return {
    kind: 'text',
    get codes() {
      return kept.read()
    },
  }
}

export function tensorChunk(kept: KeptValues<TensorValues>, width: number): ColumnChunk {
  return {
    kind: 'tensor',
    width,
    get values() {
      return kept.read()
    },
  }
}
