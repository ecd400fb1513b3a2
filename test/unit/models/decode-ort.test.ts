import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readOnnx } from '../../../src/models/read-onnx'

const bytes = new Uint8Array(
  readFileSync(new URL('../../fixtures/forms/plain.ort', import.meta.url)),
)

function header(content: Uint8Array, name = 'plain.ort') {
  const outcome = readOnnx(content, name)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

describe('a model in ORT format', () => {
  it('is described like the ONNX file that it was made of', () => {
    expect(header(bytes)).toMatchObject({
      name: 'plain',
      format: 'ort',
      irVersion: 8,
      opset: 17,
      producer: 'bakeoff fixtures',
      parameters: 4 * 16 + 16 + 16 * 3 + 3,
      inputs: [{ name: 'features', type: 'float32', shape: ['batch', 4], isTensor: true }],
      outputs: [{ name: 'probabilities', type: 'float32', shape: ['batch', 3], isTensor: true }],
      wasmOnly: expect.stringContaining('ORT format') as string,
    })
    expect(header(bytes).operators).toContainEqual({ type: 'Gemm', count: 2 })
    expect(header(bytes).metadata).toContainEqual({ key: 'trained_on', value: 'iris' })
  })

  it('is known by its content, whatever its name', () => {
    expect(header(bytes, 'model.onnx').format).toBe('ort')
  })

  it('is refused where it is cut', () => {
    for (let length = 8; length < bytes.length; length += 61) {
      expect(readOnnx(bytes.subarray(0, length), 'cut.ort')).toMatchObject({ ok: false })
    }
  })

  it('never throws, whatever its offsets say', () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const changed = bytes.slice()
        for (const [place, byte] of changes) if (place > 7) changed[place] = byte
        expect(typeof readOnnx(changed, 'changed.ort').ok).toBe('boolean')
      }),
      { numRuns: 2_000, endOnFailure: true },
    )
  })
})
