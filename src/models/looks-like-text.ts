const SAMPLE_BYTES = 4096
/** Text has next to no control bytes; a protobuf of this size has several. */
const CONTROL_SHARE = 0.005

/** True where the first bytes read as text. Only worth asking of what failed to be ONNX. */
export function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, SAMPLE_BYTES)
  const isControl = (byte: number): boolean => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d)
  const controls = head.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0)
  return controls <= head.length * CONTROL_SHARE
}
