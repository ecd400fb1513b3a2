/** Where a tensor of an ONNX test-data folder belongs. */
export interface TestDataPlace {
  readonly set: number
  readonly kind: 'input' | 'output'
  readonly index: number
}

/** Reads `…/test_data_set_0/input_0.pb`; null for any other path. */
export function testDataPlace(path: string): TestDataPlace | null {
  const match = /(?:^|\/)test_data_set_(\d{1,6})\/(input|output)_(\d{1,4})\.pb$/u.exec(path)
  if (match === null) return null
  const [, set, kind, index] = match
  return { set: Number(set), kind: kind === 'input' ? 'input' : 'output', index: Number(index) }
}
