const SVG_HEAD_BYTES = 1024

/** `GIF8`. */
export function isGif(bytes: Uint8Array): boolean {
  return [0x47, 0x49, 0x46, 0x38].every((byte, index) => bytes[index] === byte)
}

/** An SVG document, whatever stands in front of its root element. */
export function isSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, SVG_HEAD_BYTES))
  return /^\s*</u.test(head) && /<svg[\s>]/iu.test(head)
}
