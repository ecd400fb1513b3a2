/** Positions of ONNX's gates i, o, f, c among PyTorch's i, f, g, o (c is PyTorch's g). */
const ONNX_ORDER = [0, 3, 1, 2] as const

/** Rows of an LSTM weight or bias, four gates of equal height, from PyTorch's order to ONNX's. */
export function reorderGates(rows: Float32Array): Float32Array<ArrayBuffer> {
  const gate = rows.length / 4
  const reordered = new Float32Array(rows.length)
  for (const [to, from] of ONNX_ORDER.entries()) {
    reordered.set(rows.subarray(from * gate, (from + 1) * gate), to * gate)
  }
  return reordered
}
