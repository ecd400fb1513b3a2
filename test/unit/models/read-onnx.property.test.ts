import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readOnnx } from '../../../src/models/read-onnx'

const folder = new URL('../../fixtures/models/', import.meta.url)
const models = readdirSync(folder).map(
  (name) => new Uint8Array(readFileSync(new URL(name, folder))),
)

/** Any answer is right, as long as it is one: a header, or a failure that says something. */
function isAnswer(bytes: Uint8Array): void {
  const outcome = readOnnx(bytes, 'any.onnx')
  if (outcome.ok) {
    expect(outcome.value.inputs.length).toBeGreaterThan(0)
    expect(Number.isFinite(outcome.value.parameters)).toBe(true)
    structuredClone(outcome.value)
  } else {
    expect(outcome.failure.message).toContain('any.onnx')
    expect(outcome.failure.advice).not.toBe('')
  }
}

describe('readOnnx never throws', () => {
  it('on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), isAnswer), { numRuns: 2000 })
  })

  it('on real models with bytes changed and ends cut', () => {
    const change = fc.record({ at: fc.nat(), to: fc.nat(255) })
    const property = fc.property(
      fc.constantFrom(...models),
      fc.array(change, { minLength: 1, maxLength: 8 }),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      (model, changes, share) => {
        const bytes = model.slice(0, Math.ceil(model.length * share))
        // Most structure stands outside the weights, so half of the changes go to the front.
        for (const { at, to } of changes) {
          bytes[at % 2 === 0 ? at % bytes.length : at % Math.min(300, bytes.length)] = to
        }
        isAnswer(bytes)
      },
    )
    fc.assert(property, { numRuns: 5000 })
  })
})
