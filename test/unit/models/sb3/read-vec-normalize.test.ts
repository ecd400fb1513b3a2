import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readVecNormalize } from '../../../../src/models/sb3/read-vec-normalize'
import type { Sb3Policy } from '../../../../src/models/sb3/sb3-policy'
import { OnnxPolicy } from './onnx-policy'

const { vecNormalize: reference } = JSON.parse(
  readFileSync(new URL('../../../reference/pickles.numpy.json', import.meta.url), 'utf8'),
) as {
  readonly vecNormalize: {
    readonly pickle: string
    readonly mean: readonly number[]
    readonly variance: readonly number[]
    readonly rows: readonly (readonly number[])[]
    readonly normalized: readonly (readonly number[])[]
  }
}
const pickle = new Uint8Array(Buffer.from(reference.pickle, 'base64'))
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

async function read(bytes: Uint8Array<ArrayBuffer>, columns = 4) {
  const outcome = await readVecNormalize(new Blob([bytes]), 'vec_normalize.pkl', columns)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

/** A policy whose logits are its observation. */
const echo: Sb3Policy = {
  fileName: 'echo.zip',
  algorithm: 'PPO',
  policyClass: 'ActorCriticPolicy',
  libraryVersion: null,
  observation: { kind: 'box', columns: 4, features: 4, categories: [] },
  action: { kind: 'discrete', size: 4, start: 0 },
  lstm: null,
  activation: 'Tanh',
  hiddenLayers: [],
  actionLayer: {
    inputs: 4,
    outputs: 4,
    weight: Float32Array.from({ length: 16 }, (_, index) => (index % 5 === 0 ? 1 : 0)),
    bias: null,
  },
  parameters: 16,
  warnings: [],
}

describe('readVecNormalize', () => {
  it('reads what VecNormalize.save wrote', async () => {
    expect(await read(pickle)).toEqual({
      mean: Float64Array.from(reference.mean),
      variance: Float64Array.from(reference.variance),
      epsilon: 1e-6,
      clip: 5,
    })
  })

  it('reads JSON, with the defaults of VecNormalize', async () => {
    expect(await read(json({ mean: [1, 2], var: [3, 4] }), 2)).toEqual({
      mean: Float64Array.of(1, 2),
      variance: Float64Array.of(3, 4),
      epsilon: 1e-8,
      clip: 10,
    })
  })

  it('normalises in the graph to the last bit of NumPy', async () => {
    const onnx = await OnnxPolicy.load(echo, { normalization: await read(pickle) })
    const rows = Float32Array.from(reference.rows.flat())
    const answers = await onnx.answer(rows, [reference.rows.length, 4])
    expect([...answers]).toEqual([...Float32Array.from(reference.normalized.flat())])
    // The first row lies beyond ± clip on both sides.
    expect([...answers.slice(0, 2)]).toEqual([5, -5])
    await onnx.release()
  })

  it.each([
    ['of another width', pickle, 5, 'of 4 numbers, the policy takes 5'],
    ['without variance', json({ mean: [1] }), 1, 'no mean or no variance'],
    ['negative', json({ mean: [1], var: [-1] }), 1, 'impossible'],
    ['text', json({ mean: ['1'], var: [1] }), 1, 'impossible'],
    ['JSON of another kind', json([1]), 1, 'no JSON object'],
    ['an HTML page', new TextEncoder().encode('<!doctype html>'), 1, 'an HTML page'],
    ['a cut pickle', pickle.slice(0, -10), 4, 'ends too early'],
    ['a pickle of something else', Uint8Array.of(0x80, 2, 0x4e, 0x2e), 4, 'no saved VecNormalize'],
  ])('refuses statistics: %s', async (_, bytes, columns, words) => {
    const outcome = await readVecNormalize(new Blob([bytes]), 'vec.pkl', columns)
    expect(outcome).toMatchObject({ ok: false })
    if (!outcome.ok) expect(outcome.failure.message).toContain(words)
  })
})
